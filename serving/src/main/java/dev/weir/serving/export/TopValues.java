package dev.weir.serving.export;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up a measure by the values of one dimension, to find the largest. */
final class TopValues {
  /** More different values than this are not told apart any more. */
  private static final int MOST_VALUES = 10_000;

  private final Map<String, BigDecimal> sums = new HashMap<>();
  private BigDecimal total = BigDecimal.ZERO;
  private boolean overflown;

  /**
   * A value's sum.
   *
   * @param value null where events have none
   * @param percent of the sum of all
   */
  record Top(String value, BigDecimal sum, double percent) {}

  void add(String value, BigDecimal amount) {
    total = total.add(amount);
    if (sums.size() >= MOST_VALUES && !sums.containsKey(value)) {
      overflown = true;
    } else {
      sums.merge(value, amount, BigDecimal::add);
    }
  }

  /** How many different values there were. */
  int values() {
    return sums.size();
  }

  /** The largest, largest first; none if there were too many values to tell. */
  List<Top> largest(int number) {
    if (overflown || total.signum() <= 0) {
      return List.of();
    }
    double all = total.doubleValue();
    return sums.entrySet().stream()
        .sorted(
            Map.Entry.<String, BigDecimal>comparingByValue()
                .reversed()
                .thenComparing(
                    Map.Entry.comparingByKey(Comparator.nullsLast(Comparator.naturalOrder()))))
        .limit(number)
        .map(
            entry ->
                new Top(
                    entry.getKey(), entry.getValue(), entry.getValue().doubleValue() / all * 100))
        .toList();
  }
}
