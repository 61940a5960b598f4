package dev.weir.benchmark;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The figures of one run, in the order in which they are printed. */
public final class Report {
  private final String benchmark;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, Double> values = new HashMap<>();

  public Report(String benchmark) {
    this.benchmark = benchmark;
  }

  public void line(String name, String value) {
    lines.put(name, value);
  }

  public void line(String name, long value) {
    values.put(name, (double) value);
    line(name, String.format(Locale.ROOT, "%,d", value));
  }

  /** Rates without decimals, small figures with three. */
  public void line(String name, double value) {
    values.put(name, value);
    line(name, String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : "%.3f", value));
  }

  /** The number of a line, as it was given; empty if there is no such line. */
  public OptionalDouble value(String name) {
    Double value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  @Override
  public String toString() {
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder(benchmark).append('\n');
    lines.forEach(
        (name, value) ->
            text.append(String.format(Locale.ROOT, "  %-" + width + "s  %s%n", name, value)));
    return text.toString();
  }
}
