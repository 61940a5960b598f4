package dev.weir.speed.combine;

import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.apache.flink.metrics.MetricGroup;

/** Where one writer's counts of the epochs not yet committed are shown. */
public interface LiveOutput extends AutoCloseable {

  /**
   * Hands over series that changed. Neither blocks nor fails.
   *
   * @param base the last checkpoint that the writer has passed
   * @param seq increases with every call, of this method or of {@link #offerCounts}
   * @param cumulative what each series has counted since {@code base}; read before this returns
   */
  void offer(long base, long seq, List<SeriesDelta> cumulative);

  /** The same without the sketches, of series that were handed over whole since {@code base}. */
  void offerCounts(long base, long seq, List<SeriesDelta> cumulative);

  /** How many rows of a cube may be handed over now; more would wait long to be written. */
  int room(int cube);

  @Override
  void close();

  /** Opens the output of a writer; travels to the task managers. */
  @FunctionalInterface
  interface Opener extends Serializable {
    /**
     * Opens the output of one writer.
     *
     * @param writer as announced by {@code LiveWriterStarted}
     */
    LiveOutput open(UUID writer, MetricGroup metrics);
  }
}
