package dev.weir.speed.live;

import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A live preview that flushes when it is told to, for tests in other modules. */
public final class SteppedPreview implements AutoCloseable {
  private final LivePreview preview;
  private long seq;

  /**
   * @param writer registered already
   */
  public SteppedPreview(UUID writer, DatabaseAddress database, Pipeline pipeline) {
    this.preview = new LivePreview(writer, database, pipeline, new UnregisteredMetricsGroup());
  }

  /** Hands over series, to be written with the next flush. */
  public void offer(long base, List<SeriesDelta> cumulative) {
    preview.offer(base, ++seq, cumulative);
  }

  /**
   * Hands over series and flushes: what the preview's thread does in one step.
   *
   * @param base the last checkpoint passed
   * @param cumulative what each series has counted since then
   */
  public void flush(long base, List<SeriesDelta> cumulative)
      throws SQLException, InterruptedException {
    offer(base, cumulative);
    preview.step();
  }

  @Override
  public void close() {
    preview.close();
  }
}
