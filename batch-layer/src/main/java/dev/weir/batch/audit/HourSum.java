package dev.weir.batch.audit;

import java.io.Serializable;

/** Rows of one event hour, and the sum of their hashes modulo 2^64. */
public record HourSum(long rows, long hashSum) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No rows. */
  public static final HourSum NONE = new HourSum(0, 0);

  /** With the rows of both. */
  public HourSum plus(HourSum other) {
    return new HourSum(rows + other.rows, hashSum + other.hashSum);
  }
}
