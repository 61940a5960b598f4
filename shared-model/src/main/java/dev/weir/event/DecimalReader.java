package dev.weir.event;

/**
 * Reads decimal literals exactly into scaled longs, without floating point and without allocating.
 * The literal's form has been checked: {@code -?digits(.digits)?([eE][+-]?digits)?}.
 */
final class DecimalReader {

  /** What to do with digits beyond the scale. */
  enum Excess {
    REJECT,
    ROUND_HALF_EVEN,
    FLOOR
  }

  /** How reading went. */
  enum Outcome {
    READ,
    TOO_PRECISE,
    /** More than 18 digits once scaled. */
    TOO_LARGE
  }

  private static final int MAX_DIGITS = 18;

  /** No literal that fits in memory has so many digits, so a larger exponent changes nothing. */
  private static final long MAX_EXPONENT = 1L << 40;

  private long value;

  /** The scaled number last read. */
  long value() {
    return value;
  }

  Outcome read(byte[] bytes, int start, int end, int scale, Excess excess) {
    boolean negative = bytes[start] == '-';
    int first = negative ? start + 1 : start;
    // The significand's digits, counted from its first that is not 0.
    int point = -1;
    int digits = 0;
    int from = -1;
    int at = first;
    for (; at < end; at++) {
      byte c = bytes[at];
      if (c == '.') {
        point = at;
      } else if (c >= '0' && c <= '9') {
        if (from >= 0 || c != '0') {
          from = from < 0 ? at : from;
          digits++;
        }
      } else {
        break;
      }
    }
    if (from < 0) {
      value = 0;
      return Outcome.READ;
    }
    int fraction = point < 0 ? 0 : at - point - 1;
    long exponent = at < end ? exponent(bytes, at + 1, end) : 0;
    // How many of the digits stand before the scaled number's point.
    long whole = digits - fraction + exponent + scale;
    if (whole > MAX_DIGITS) {
      return Outcome.TOO_LARGE;
    }
    return scaled(bytes, from, at, whole, negative, excess);
  }

  private Outcome scaled(
      byte[] bytes, int from, int end, long whole, boolean negative, Excess excess) {
    long magnitude = 0;
    long taken = 0;
    int at = from;
    for (; at < end && taken < whole; at++) {
      if (bytes[at] != '.') {
        magnitude = magnitude * 10 + (bytes[at] - '0');
        taken++;
      }
    }
    for (; taken < whole; taken++) {
      magnitude *= 10;
    }
    int rest = compareRestToHalf(bytes, at, end, whole);
    if (rest != NOTHING) {
      switch (excess) {
        case REJECT -> {
          return Outcome.TOO_PRECISE;
        }
        case ROUND_HALF_EVEN -> {
          if (rest > 0 || (rest == 0 && (magnitude & 1) == 1)) {
            magnitude++;
          }
        }
        case FLOOR -> {
          if (negative) {
            magnitude++;
          }
        }
      }
    }
    value = negative ? -magnitude : magnitude;
    return Outcome.READ;
  }

  private static final int NOTHING = Integer.MIN_VALUE;

  /** Compares the digits that are cut off to half a unit: -1, 0, 1, or NOTHING if all are 0. */
  private static int compareRestToHalf(byte[] bytes, int at, int end, long whole) {
    int leading = -1;
    boolean more = false;
    for (int i = at; i < end; i++) {
      if (bytes[i] == '.') {
        continue;
      }
      if (leading < 0) {
        leading = bytes[i] - '0';
      } else if (bytes[i] != '0') {
        more = true;
      }
    }
    if (leading < 0 || (leading == 0 && !more)) {
      return NOTHING;
    }
    if (whole < 0 || leading < 5) {
      return -1;
    }
    return leading > 5 || more ? 1 : 0;
  }

  private static long exponent(byte[] bytes, int start, int end) {
    boolean negative = bytes[start] == '-';
    int at = negative || bytes[start] == '+' ? start + 1 : start;
    long exponent = 0;
    for (; at < end && exponent < MAX_EXPONENT; at++) {
      exponent = exponent * 10 + (bytes[at] - '0');
    }
    return negative ? -exponent : exponent;
  }
}
