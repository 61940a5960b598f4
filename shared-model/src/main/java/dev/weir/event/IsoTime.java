package dev.weir.event;

/**
 * Reads ISO-8601 times with a zone: {@code 2026-01-31T23:59:59.123456Z}, {@code 2026-01-31
 * 23:59+01:00}. Seconds may be left out; the fraction may have any number of digits, of which those
 * beyond microseconds are cut off; the offset is {@code Z}, {@code +01}, {@code +0100} or {@code
 * +01:00}.
 */
final class IsoTime {
  /** Through the minutes: {@code 2026-01-31T23:59}. */
  private static final int MINUTES_END = 16;

  private IsoTime() {}

  /** Epoch microseconds, or {@link CivilTime#INVALID}. */
  static long epochMicros(byte[] bytes, int start, int end) {
    if (end - start <= MINUTES_END || !separated(bytes, start)) {
      return CivilTime.INVALID;
    }
    int at = start + MINUTES_END;
    int second = 0;
    int micros = 0;
    if (bytes[at] == ':') {
      if (end - at < 4) {
        return CivilTime.INVALID;
      }
      second = CivilTime.digits(bytes, at + 1, 2);
      at += 3;
      if (bytes[at] == '.' || bytes[at] == ',') {
        int from = at + 1;
        at = endOfDigits(bytes, from, end);
        if (at == from) {
          return CivilTime.INVALID;
        }
        micros = micros(bytes, from, at);
      }
    }
    int offset = offset(bytes, at, end);
    if (offset == Integer.MIN_VALUE) {
      return CivilTime.INVALID;
    }
    long seconds =
        CivilTime.epochSeconds(
            CivilTime.digits(bytes, start, 4),
            CivilTime.digits(bytes, start + 5, 2),
            CivilTime.digits(bytes, start + 8, 2),
            CivilTime.digits(bytes, start + 11, 2),
            CivilTime.digits(bytes, start + 14, 2),
            second,
            offset);
    return seconds == CivilTime.INVALID ? seconds : seconds * 1_000_000L + micros;
  }

  private static boolean separated(byte[] bytes, int start) {
    byte separator = bytes[start + 10];
    return bytes[start + 4] == '-'
        && bytes[start + 7] == '-'
        && (separator == 'T' || separator == 't' || separator == ' ')
        && bytes[start + 13] == ':';
  }

  private static int endOfDigits(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private static int micros(byte[] bytes, int from, int end) {
    int micros = 0;
    for (int i = 0; i < 6; i++) {
      micros = micros * 10 + (from + i < end ? bytes[from + i] - '0' : 0);
    }
    return micros;
  }

  private static int offset(byte[] bytes, int at, int end) {
    if (end - at == 1 && (bytes[at] == 'Z' || bytes[at] == 'z')) {
      return 0;
    }
    return CivilTime.offsetSeconds(bytes, at, end);
  }
}
