package dev.weir.event;

/** Calendar arithmetic on integers, proleptic Gregorian, UTC. */
final class CivilTime {
  /** Not a time. */
  static final long INVALID = Long.MIN_VALUE;

  private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private CivilTime() {}

  /**
   * Epoch seconds of a local time at an offset.
   *
   * @param offsetSeconds east of UTC
   * @return {@link #INVALID} when a field is out of its range; a 60th second is, too: the epoch
   *     count has no place for it
   */
  static long epochSeconds(
      int year, int month, int day, int hour, int minute, int second, int offsetSeconds) {
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) {
      return INVALID;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return INVALID;
    }
    return epochDay(year, month, day) * 86_400L
        + hour * 3_600L
        + minute * 60L
        + second
        - offsetSeconds;
  }

  private static int daysOfMonth(int year, int month) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS_OF_MONTH[month - 1];
  }

  /** Counts years from March, so that the leap day is a year's last. */
  private static long epochDay(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }

  /** The number that exactly so many digits give, or -1 if one is not a digit. */
  static int digits(byte[] bytes, int start, int count) {
    int value = 0;
    for (int i = start; i < start + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /**
   * Seconds of {@code +HH}, {@code +HHMM} or {@code +HH:MM}, which must fill the range.
   *
   * @return {@link Integer#MIN_VALUE} if it is none
   */
  static int offsetSeconds(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length != 3 && length != 5 && length != 6) {
      return Integer.MIN_VALUE;
    }
    byte sign = bytes[start];
    boolean colonMisplaced = length == 6 && bytes[start + 3] != ':';
    if ((sign != '+' && sign != '-') || colonMisplaced) {
      return Integer.MIN_VALUE;
    }
    int hours = digits(bytes, start + 1, 2);
    int minutes = length == 3 ? 0 : digits(bytes, end - 2, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }
}
