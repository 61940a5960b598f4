package dev.weir.archive;

/**
 * Brings a scaled number from the scale it was archived with to the declared one, exactly; where
 * digits would be lost or the number overflows, with an {@link UndeclaredScaleException}.
 */
record Rescale(String number, int from, int to) {

  long apply(long value) {
    if (from == to) {
      return value;
    }
    long factor = 1;
    for (int i = Math.abs(to - from); i > 0; i--) {
      factor *= 10;
    }
    if (to > from) {
      if (value > Long.MAX_VALUE / factor || value < Long.MIN_VALUE / factor) {
        throw new UndeclaredScaleException(number, from, to, value);
      }
      return value * factor;
    }
    if (value % factor != 0) {
      throw new UndeclaredScaleException(number, from, to, value);
    }
    return value / factor;
  }
}
