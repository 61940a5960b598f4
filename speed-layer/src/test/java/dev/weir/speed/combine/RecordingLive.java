package dev.weir.speed.combine;

import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.metrics.MetricGroup;

/**
 * Remembers what was offered. Static, because an opener is serialized on its way to the operator.
 */
final class RecordingLive implements LiveOutput.Opener {
  private static final long serialVersionUID = 1L;

  static final List<Offer> OFFERS = new ArrayList<>();

  static final List<Offer> COUNTS = new ArrayList<>();

  /** Rows of a cube that each call may bring. */
  static int room = Integer.MAX_VALUE;

  /** One call. */
  record Offer(UUID writer, long base, long seq, List<SeriesDelta> cumulative) {
    /** The aggregates go on changing after the call. */
    Offer {
      cumulative =
          cumulative.stream()
              .map(delta -> new SeriesDelta(delta.cube(), delta.key(), delta.aggregate().copy()))
              .toList();
    }
  }

  @Override
  public LiveOutput open(UUID writer, MetricGroup metrics) {
    return new LiveOutput() {
      @Override
      public void offer(long base, long seq, List<SeriesDelta> cumulative) {
        OFFERS.add(new Offer(writer, base, seq, cumulative));
      }

      @Override
      public void offerCounts(long base, long seq, List<SeriesDelta> cumulative) {
        COUNTS.add(new Offer(writer, base, seq, cumulative));
      }

      @Override
      public int room(int cube) {
        return room;
      }

      @Override
      public void close() {}
    };
  }
}
