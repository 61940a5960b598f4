package dev.weir.speed.commit;

import dev.weir.pipeline.Pipeline;
import java.net.URI;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The end of the dataflow: one operator that turns every checkpoint into one commit.
 *
 * <p>Not a Sink V2, because those are not told the checkpoint they prepare or commit for.
 */
public final class CommitSink {
  private CommitSink() {}

  /**
   * Ends the dataflow in the commit log.
   *
   * @param parts everything that belongs to an epoch, from all operators
   * @param archive root that the paths of {@link EpochPart.FileWritten} are relative to
   * @param takeOver for a job that starts without state on top of the ledger: the point its sources
   *     start from, as {@link CommitLogReader#startingPoint} gave it; empty for every other job
   */
  public static void attach(
      DataStream<EpochPart> parts,
      Pipeline pipeline,
      DatabaseAddress database,
      URI archive,
      Optional<StartingPoint> takeOver) {
    parts
        .global()
        .transform(
            "CommitSink",
            Types.VOID,
            new CommitOperatorFactory(
                pipeline,
                new PostgresCommitLogFactory(database, pipeline, archive),
                takeOver.map(StartingPoint::head).orElse(null),
                CommitOperatorFactory.HEARTBEAT))
        .uid("commit-sink")
        .setParallelism(1)
        .setMaxParallelism(1);
  }
}
