package dev.weir.benchmark.peer.limit;

/** Days since 1970-01-01 by arithmetic alone (Howard Hinnant, "chrono-compatible algorithms"). */
final class EpochDays {
  private static final int DAYS_OF_400_YEARS = 146_097;
  private static final int DAYS_FROM_YEAR_0_TO_1970 = 719_468;

  private EpochDays() {}

  /** Of a date of the Gregorian calendar, years from 0 on. */
  static long of(int year, int month, int day) {
    int marchYear = month <= 2 ? year - 1 : year;
    int era = marchYear / 400;
    int yearOfEra = marchYear - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) era * DAYS_OF_400_YEARS + dayOfEra - DAYS_FROM_YEAR_0_TO_1970;
  }
}
