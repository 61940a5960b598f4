package dev.weir.db;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;

/** A row read from a cube's table by {@link CubeRowParser}. */
public final class CubeRow {
  private final String[] leading;
  private final String[] dimensions;
  private final MinuteAggregate aggregate;

  CubeRow(String[] leading, String[] dimensions, MinuteAggregate aggregate) {
    this.leading = leading;
    this.dimensions = dimensions;
    this.aggregate = aggregate;
  }

  /** Leading column {@code i} as PostgreSQL writes it, or null. */
  public String leading(int i) {
    return leading[i];
  }

  /** Leading column {@code i}, a whole number. */
  public long leadingLong(int i) {
    return Long.parseLong(leading[i]);
  }

  /** The row's key, once it is known which cube and minute (or hour) it belongs to. */
  public AggregateKey key(int cube, long minuteMillis) {
    return new AggregateKey(cube, minuteMillis, dimensions);
  }

  public MinuteAggregate aggregate() {
    return aggregate;
  }
}
