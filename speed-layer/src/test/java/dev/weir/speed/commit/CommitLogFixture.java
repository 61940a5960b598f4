package dev.weir.speed.commit;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTables;
import dev.weir.db.SamplePipeline;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.postgresql.PGConnection;

/** A database, an archive and any number of jobs that want to extend the log in it. */
public final class CommitLogFixture implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(10);

  final Pipeline pipeline = SamplePipeline.web();
  final TestDatabase database = TestDatabase.create(pipeline);
  final Path archive;
  private final List<PostgresCommitLog> opened = new ArrayList<>();

  CommitLogFixture(Path archive) {
    this.archive = archive;
  }

  /**
   * Without the driver's settings that a data source writes into its URL, which would win over
   * ours.
   */
  public static DatabaseAddress address(TestDatabase database) {
    String url = database.jdbcUrl();
    int settings = url.indexOf('?');
    return new DatabaseAddress(
        settings < 0 ? url : url.substring(0, settings), database.user(), "");
  }

  DatabaseAddress address() {
    return address(database);
  }

  /** An execution of a job that has claimed nothing yet. */
  PostgresCommitLog job(String jobId) {
    return job(jobId, LEASE);
  }

  /** One that takes others for gone when they were not seen for so long. */
  PostgresCommitLog job(String jobId, Duration lease) {
    PostgresCommitLog log =
        new PostgresCommitLog(address(), pipeline, archive.toUri(), jobId, lease);
    opened.add(log);
    return log;
  }

  /** An execution that claimed the log on top of a commit. */
  PostgresCommitLog owner(String jobId, UUID head) throws Exception {
    PostgresCommitLog log = job(jobId);
    log.claim(
        new Claim(head, 0, head.equals(Committable.NONE) ? Start.WITHOUT_STATE : Start.RESTORED));
    return log;
  }

  long attempt() {
    return database.queryLong("SELECT attempt FROM weir.head");
  }

  /** A committable of random events under the present claim. */
  Committable committable(String jobId, UUID parent, long checkpoint, EpochPart... more) {
    return committable(jobId, parent, attempt(), checkpoint, more);
  }

  Committable committable(
      String jobId, UUID parent, long attempt, long checkpoint, EpochPart... more) {
    EpochGatherer epoch = new EpochGatherer(pipeline);
    new SampleEpoch(pipeline, checkpoint, 100).parts().forEach(epoch::add);
    for (EpochPart part : more) {
      epoch.add(part);
    }
    return epoch.toCommittable(new UUID(99, checkpoint), parent, attempt, jobId, checkpoint);
  }

  String head() {
    return database.query(
        "SELECT commit || ' ' || uuid || ' ' || live_base || ' ' || last_commit FROM weir.head");
  }

  /** What a speed table holds of a commit. */
  Map<AggregateKey, MinuteAggregate> speedRows(int cube, long commit) throws Exception {
    CubeTables tables = CubeTables.of(pipeline, pipeline.cubes().get(cube));
    CubeRowParser parser = new CubeRowParser(tables, 1);
    StringWriter lines = new StringWriter();
    try (Connection connection = database.connect()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              ("COPY (SELECT (extract(epoch FROM bucket) * 1000)::bigint, %s FROM %s WHERE commit "
                      + "= %d) TO STDOUT")
                  .formatted(tables.rowColumnList(), tables.speedTable(), commit),
              lines);
    }
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    for (String line : lines.toString().split("\n", -1)) {
      if (!line.isEmpty()) {
        CubeRow row = parser.parse(line);
        rows.put(row.key(cube, row.leadingLong(0)), row.aggregate());
      }
    }
    return rows;
  }

  /** An execution that vanished without giving its claim back. */
  void forget(PostgresCommitLog log) {
    log.abort();
    opened.remove(log);
  }

  @Override
  public void close() {
    opened.forEach(PostgresCommitLog::close);
    database.close();
  }
}
