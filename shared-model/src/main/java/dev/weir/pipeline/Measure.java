package dev.weir.pipeline;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** What a cube shows of its events. The event count is always kept. */
public sealed interface Measure extends Serializable {

  /** The number of events: column {@code event_count}. */
  record Count() implements Measure {}

  /**
   * Statistics of a number: columns {@code <name>_sum, _min, _max, _avg, _p95}.
   *
   * @param number index into {@link EventSchema#numbers()}
   * @param percentiles as fractions, for example 0.95 for p95 and 0.999 for p99.9
   */
  record OfNumber(
      int number, String name, int scale, Set<Statistic> statistics, List<BigDecimal> percentiles)
      implements Measure {
    public OfNumber {
      statistics = Set.copyOf(statistics);
      percentiles = List.copyOf(percentiles);
    }
  }

  /** Distinct values of an identifier: column {@code <name>_distinct}. */
  record Distinct(int identifier, String name) implements Measure {
    /** The name of the column. */
    public String column() {
      return name + "_distinct";
    }
  }

  /** Statistics kept exactly. */
  enum Statistic {
    SUM,
    MIN,
    MAX,
    AVG
  }
}
