package dev.weir.batch.recompute;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** {@link CubeSeries} on their way between tasks. */
@SuppressWarnings("ArrayRecordComponent") // Travels once, is never compared.
record SeriesBytes(MeasureLayout layout, byte[] bytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  static byte[] of(Map<AggregateKey, MinuteAggregate> aggregates) {
    UnlockedOutput bytes = new UnlockedOutput();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(aggregates.size());
      for (Map.Entry<AggregateKey, MinuteAggregate> entry : aggregates.entrySet()) {
        write(entry.getKey(), out);
        entry.getValue().writeTo(out);
      }
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(AggregateKey key, DataOutputStream out) throws IOException {
    out.writeInt(key.cube());
    out.writeLong(key.minuteMillis());
    out.writeInt(key.dimensionCount());
    for (String dimension : key.dimensions()) {
      out.writeBoolean(dimension != null);
      if (dimension != null) {
        out.writeUTF(dimension);
      }
    }
  }

  private Object readResolve() {
    try (DataInputStream in = new DataInputStream(new UnlockedInput(bytes))) {
      int size = in.readInt();
      CubeSeries series = new CubeSeries(layout, size);
      MinuteAggregate empty = MinuteAggregate.empty(layout);
      for (int left = size; left > 0; left--) {
        series.put(readKey(in), MinuteAggregate.readFrom(empty, in));
      }
      return series;
    } catch (IOException e) {
      throw new IllegalStateException("a bucket's aggregates did not arrive intact", e);
    }
  }

  private static AggregateKey readKey(DataInputStream in) throws IOException {
    int cube = in.readInt();
    long minuteMillis = in.readLong();
    String[] dimensions = new String[in.readInt()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = in.readBoolean() ? in.readUTF() : null;
    }
    return new AggregateKey(cube, minuteMillis, dimensions);
  }
}
