package dev.weir.speed.dedup;

import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Counts the duplicates dropped per source in an epoch. */
final class DuplicateTally {
  private final long[] duplicates;

  DuplicateTally(int sources) {
    duplicates = new long[sources];
  }

  void add(int source) {
    duplicates[source]++;
  }

  /** Reports what was counted since the last call. */
  void send(Output<?> output, OutputTag<EpochPart> parts) {
    for (int source = 0; source < duplicates.length; source++) {
      if (duplicates[source] > 0) {
        output.collect(
            parts, new StreamRecord<>(new SourceCounters(source, 0, 0, duplicates[source], 0, 0)));
        duplicates[source] = 0;
      }
    }
  }
}
