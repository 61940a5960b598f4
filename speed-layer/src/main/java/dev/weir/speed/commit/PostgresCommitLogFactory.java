package dev.weir.speed.commit;

import dev.weir.pipeline.Pipeline;
import java.net.URI;

/** Opens the commit log in a task. */
record PostgresCommitLogFactory(DatabaseAddress database, Pipeline pipeline, URI archive)
    implements CommitLog.Factory {
  private static final long serialVersionUID = 1L;

  @Override
  public CommitLog open(String jobId) {
    return new PostgresCommitLog(database, pipeline, archive, jobId, PostgresCommitLog.LEASE);
  }
}
