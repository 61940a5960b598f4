package dev.weir.benchmark.table;

import java.util.Locale;
import java.util.OptionalDouble;

/** Figures as they are printed. */
final class FigureText {
  private FigureText() {}

  static String of(OptionalDouble value) {
    return value.isPresent() ? of(value.getAsDouble()) : "-";
  }

  /** Rates without decimals, small figures with two. */
  static String of(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }
}
