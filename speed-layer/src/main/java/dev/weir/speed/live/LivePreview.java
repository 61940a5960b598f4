package dev.weir.speed.live;

import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.util.List;
import java.util.UUID;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writes one subtask's counts of the epochs not yet committed to {@code live.<cube>}, on a thread and a connection of
 * its own.
 *
 * <p>Rows are cumulative for their epoch and the latest wins, so a repeated or late flush is harmless. Nothing is
 * written before the writer is registered ({@code EpochPart.LiveWriterStarted}). Errors slow the preview down and never
 * fail the job: what is counted is decided by the commit alone.
 */
public final class LivePreview implements AutoCloseable {

  private LivePreview() {}

  /**
   * Starts the preview's thread; connects in the background.
   *
   * @param writer the id that was announced by {@code LiveWriterStarted}
   */
  public static LivePreview open(UUID writer, DatabaseAddress database, Pipeline pipeline, MetricGroup metrics) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Hands over series that changed. Never blocks and never throws for the database's sake.
   *
   * @param base the last checkpoint that the caller has passed; 0 before the first
   * @param seq increases with every call of this writer
   * @param cumulative what each series has counted since {@code base}; the aggregates belong to the preview from now
   *     on, so the caller passes copies of those it goes on changing
   */
  public void offer(long base, long seq, List<SeriesDelta> cumulative) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Stops the thread after at most one short last flush. */
  @Override
  public void close() {}
}
