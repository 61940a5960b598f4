package dev.weir.batch.recompute;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The minute aggregates of one cube over some set of events. Merging is exact in any order. */
public final class CubeSeries {
  private final MeasureLayout layout;
  private final Map<AggregateKey, MinuteAggregate> aggregates = new HashMap<>();

  public CubeSeries(MeasureLayout layout) {
    this.layout = layout;
  }

  void put(AggregateKey key, MinuteAggregate aggregate) {
    aggregates.put(key, aggregate);
  }

  /** Takes an aggregate in; it may be kept and changed from then on. */
  public void merge(AggregateKey key, MinuteAggregate aggregate) {
    MinuteAggregate present = aggregates.putIfAbsent(key, aggregate);
    if (present != null) {
      present.merge(aggregate);
    }
  }

  /** Takes all of the other's aggregates in; the other stays as it is. */
  public void merge(CubeSeries other) {
    other.aggregates.forEach(
        (key, aggregate) -> {
          MinuteAggregate present = aggregates.get(key);
          if (present == null) {
            aggregates.put(key, aggregate.copy());
          } else {
            present.merge(aggregate);
          }
        });
  }

  /** The aggregate of each series, for reading only. */
  public Map<AggregateKey, MinuteAggregate> aggregates() {
    return Collections.unmodifiableMap(aggregates);
  }

  /** In order of their keys, for reading only. */
  public SortedMap<AggregateKey, MinuteAggregate> sorted() {
    return new TreeMap<>(aggregates);
  }

  /** The same events by the hour. */
  public CubeSeries hours() {
    CubeSeries hours = new CubeSeries(layout);
    aggregates.forEach(
        (key, aggregate) -> {
          AggregateKey hour = key.atHour();
          MinuteAggregate present = hours.aggregates.get(hour);
          if (present == null) {
            hours.aggregates.put(hour, aggregate.copy());
          } else {
            present.merge(aggregate);
          }
        });
    return hours;
  }

  /** As bytes, to travel between tasks. */
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(aggregates.size());
      for (Map.Entry<AggregateKey, MinuteAggregate> entry : aggregates.entrySet()) {
        AggregateKey key = entry.getKey();
        out.writeLong(key.minuteMillis());
        for (String dimension : key.dimensions()) {
          out.writeBoolean(dimension != null);
          if (dimension != null) {
            out.writeUTF(dimension);
          }
        }
        entry.getValue().writeTo(out);
      }
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** Merges in what {@link #toBytes} wrote. */
  void merge(int cube, int dimensionCount, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int left = in.readInt(); left > 0; left--) {
        long minuteMillis = in.readLong();
        String[] dimensions = new String[dimensionCount];
        for (int i = 0; i < dimensionCount; i++) {
          dimensions[i] = in.readBoolean() ? in.readUTF() : null;
        }
        merge(
            new AggregateKey(cube, minuteMillis, dimensions), MinuteAggregate.readFrom(layout, in));
      }
    } catch (IOException e) {
      throw new IllegalStateException("a bucket's aggregates did not arrive intact", e);
    }
  }
}
