package dev.weir.speed.live;

import dev.weir.db.CopyBinary;
import dev.weir.db.CubeBinaryRow;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.live.LiveRow.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Makes one writer's rows of what series have counted. Not thread safe. */
final class LiveRows {
  private final CopyBinary bytes = new CopyBinary();
  private final CubeBinaryRow binaryRow = new CubeBinaryRow(bytes);
  private final UUID writer;

  LiveRows(UUID writer) {
    this.writer = writer;
  }

  /** One row of each series, sketches included. */
  List<LiveRow> whole(long base, long seq, List<SeriesDelta> cumulative) {
    List<LiveRow> rows = new ArrayList<>(cumulative.size());
    for (SeriesDelta delta : cumulative) {
      binaryRow.appendLive(writer, base, seq, delta.key(), delta.aggregate());
      rows.add(new LiveRow(base, seq, delta.key(), Extent.WHOLE, taken()));
    }
    return rows;
  }

  /** One row of each series, without sketches. */
  List<LiveRow> counts(long base, long seq, List<SeriesDelta> cumulative) {
    List<LiveRow> rows = new ArrayList<>(cumulative.size());
    for (SeriesDelta delta : cumulative) {
      binaryRow.appendLiveCounts(writer, base, seq, delta.key(), delta.aggregate());
      rows.add(new LiveRow(base, seq, delta.key(), Extent.COUNTS, taken()));
    }
    return rows;
  }

  private byte[] taken() {
    byte[] row = Arrays.copyOf(bytes.bytes(), bytes.size());
    bytes.clear();
    return row;
  }
}
