package dev.weir.event;

import java.nio.charset.StandardCharsets;

/** Reads the times of access logs: {@code 17/May/2015:10:05:03 +0000}. */
final class AccessLogTime {
  private static final byte[] MONTHS =
      "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = "17/May/2015:10:05:03 +0000".length();
  private static final byte[] FORM =
      "__/___/____:__:__:__ _____".getBytes(StandardCharsets.US_ASCII);

  private AccessLogTime() {}

  /** Epoch microseconds, or {@link CivilTime#INVALID}. */
  static long epochMicros(byte[] bytes, int start, int end) {
    if (end - start != LENGTH) {
      return CivilTime.INVALID;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (FORM[i] != '_' && FORM[i] != bytes[start + i]) {
        return CivilTime.INVALID;
      }
    }
    int offset = CivilTime.offsetSeconds(bytes, start + 21, end);
    if (offset == Integer.MIN_VALUE) {
      return CivilTime.INVALID;
    }
    long seconds =
        CivilTime.epochSeconds(
            CivilTime.digits(bytes, start + 7, 4),
            month(bytes, start + 3),
            CivilTime.digits(bytes, start, 2),
            CivilTime.digits(bytes, start + 12, 2),
            CivilTime.digits(bytes, start + 15, 2),
            CivilTime.digits(bytes, start + 18, 2),
            offset);
    return seconds == CivilTime.INVALID ? seconds : seconds * 1_000_000L;
  }

  private static int month(byte[] bytes, int start) {
    for (int month = 0; month < 12; month++) {
      if (MONTHS[3 * month] == bytes[start]
          && MONTHS[3 * month + 1] == bytes[start + 1]
          && MONTHS[3 * month + 2] == bytes[start + 2]) {
        return month + 1;
      }
    }
    return -1;
  }
}
