package dev.weir.benchmark.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value stands in a plot.
 *
 * @param from the smallest value, above 0 if the scale is logarithmic
 * @param to the largest value, above {@code from}
 * @param start where the smallest stands
 * @param end where the largest stands; may lie before {@code start}
 */
record Scale(double from, double to, double start, double end, boolean logarithmic) {
  Scale {
    if (!(to > from) || (logarithmic && !(from > 0))) {
      throw new IllegalArgumentException("no scale from " + from + " to " + to);
    }
  }

  double at(double value) {
    double share =
        logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    return start + share * (end - start);
  }

  /**
   * From 0 to a round number not below the value, with up to five ticks that {@link #ticks} tells.
   */
  static Scale upTo(double most, double start, double end) {
    double step = step(most);
    return new Scale(0, step * Math.ceil(most / step), start, end, false);
  }

  /** Round numbers from 0 on, of a scale that begins there. */
  List<Double> ticks() {
    double step = step(to);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= to * 1.001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten: at least a fifth of the value. */
  private static double step(double most) {
    double fifth = most / 5;
    double power = Math.pow(10, Math.floor(Math.log10(fifth)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= fifth * 0.999) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
