package dev.weir.serving.cube;

import dev.weir.serving.sql.CubeShape.Column;
import java.math.BigDecimal;

/**
 * How far an estimate may be from the truth.
 *
 * @param kind {@code relative}: never farther off than this share of the value; {@code standard}:
 *     the standard deviation of the estimate, as a share of the value
 */
public record ErrorBound(String kind, BigDecimal bound) {
  /** A bin of the sketch holds values that differ by at most this. */
  private static final ErrorBound PERCENTILE = new ErrorBound("relative", new BigDecimal("0.01"));

  /** 1.04 / sqrt(4096 registers). */
  private static final ErrorBound DISTINCT = new ErrorBound("standard", new BigDecimal("0.0163"));

  /** Of a measure; null for one that is exact. */
  public static ErrorBound of(Column column) {
    return switch (column.kind()) {
      case EVENTS, PRESENT, SUM, MIN, MAX, AVG -> null;
      case PERCENTILE -> PERCENTILE;
      case DISTINCT -> DISTINCT;
    };
  }
}
