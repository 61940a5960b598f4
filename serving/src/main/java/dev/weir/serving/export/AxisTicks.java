package dev.weir.serving.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a chart's axes are marked, and with what. */
final class AxisTicks {
  private static final int MOST_TIMES = 9;
  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final int[] MINUTES = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720};
  private static final int[] DAYS = {1, 2, 7, 14};
  private static final int[] MONTHS = {1, 3, 6, 12, 24, 60, 120, 240};
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);

  private AxisTicks() {}

  /** A mark of the time axis. */
  record TimeTick(Instant time, String label) {}

  /** Round steps of values, from at most {@code low} to at least {@code high}. */
  static List<BigDecimal> values(double low, double high) {
    double span = high > low ? high - low : Math.max(1, Math.abs(high));
    BigDecimal step = roundStep(span / 4);
    BigDecimal first = BigDecimal.valueOf(low).divide(step, 0, RoundingMode.FLOOR).multiply(step);
    List<BigDecimal> ticks = new ArrayList<>();
    ticks.add(first);
    while (ticks.get(ticks.size() - 1).doubleValue() < high || ticks.size() < 2) {
      ticks.add(ticks.get(ticks.size() - 1).add(step));
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten. */
  private static BigDecimal roundStep(double rough) {
    int exponent = (int) Math.floor(Math.log10(rough));
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    for (int factor : new int[] {1, 2, 5}) {
      BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
      if (step.doubleValue() >= rough * 0.999_999) {
        return step;
      }
    }
    return power.scaleByPowerOfTen(1);
  }

  /** A tick's value for a person to read: 1,500 or 2.5 M. */
  static String label(BigDecimal value) {
    double size = value.abs().doubleValue();
    if (size >= 1e9) {
      return shortened(value, 9, " G");
    }
    if (size >= 1e6) {
      return shortened(value, 6, " M");
    }
    if (size >= 1e4) {
      return shortened(value, 3, " k");
    }
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return plain.scale() <= 0
        ? String.format(Locale.ROOT, "%,d", plain.longValue())
        : plain.toPlainString();
  }

  private static String shortened(BigDecimal value, int digits, String unit) {
    return value.movePointLeft(digits).stripTrailingZeros().toPlainString() + unit;
  }

  /** Round times between two instants, on the clocks of a zone. */
  static List<TimeTick> times(Instant from, Instant to, ZoneId zone) {
    long minutes = Math.max(1, Duration.between(from, to).toMinutes());
    for (int step : MINUTES) {
      if (minutes / step <= MOST_TIMES) {
        return clockTimes(from, to, zone, step);
      }
    }
    for (int step : DAYS) {
      if (minutes / MINUTES_PER_DAY / step <= MOST_TIMES) {
        return days(from, to, zone, step);
      }
    }
    for (int step : MONTHS) {
      if (minutes / MINUTES_PER_DAY / 30 / step <= MOST_TIMES) {
        return months(from, to, zone, step);
      }
    }
    return months(from, to, zone, MONTHS[MONTHS.length - 1] * 10);
  }

  private static List<TimeTick> clockTimes(Instant from, Instant to, ZoneId zone, int step) {
    List<TimeTick> ticks = new ArrayList<>();
    LocalDateTime time = from.atZone(zone).toLocalDate().atStartOfDay();
    while (true) {
      Instant instant = time.atZone(zone).toInstant();
      if (instant.isAfter(to)) {
        return ticks;
      }
      if (!instant.isBefore(from)) {
        boolean midnight = time.toLocalTime().equals(LocalTime.MIDNIGHT);
        ticks.add(new TimeTick(instant, (midnight ? DAY : CLOCK).format(time)));
      }
      time = time.plusMinutes(step);
    }
  }

  private static List<TimeTick> days(Instant from, Instant to, ZoneId zone, int step) {
    List<TimeTick> ticks = new ArrayList<>();
    // Counted from a Monday, so that steps of weeks are marked on Mondays.
    LocalDate first = from.atZone(zone).toLocalDate();
    LocalDate day = first.minusDays(Math.floorMod(first.toEpochDay() + 3, step));
    for (; !day.atStartOfDay(zone).toInstant().isAfter(to); day = day.plusDays(step)) {
      Instant instant = day.atStartOfDay(zone).toInstant();
      if (!instant.isBefore(from)) {
        ticks.add(new TimeTick(instant, DAY.format(day)));
      }
    }
    return ticks;
  }

  private static List<TimeTick> months(Instant from, Instant to, ZoneId zone, int step) {
    List<TimeTick> ticks = new ArrayList<>();
    ZonedDateTime month = from.atZone(zone).toLocalDate().withDayOfYear(1).atStartOfDay(zone);
    for (; !month.toInstant().isAfter(to); month = month.plusMonths(step)) {
      if (!month.toInstant().isBefore(from)) {
        ticks.add(new TimeTick(month.toInstant(), MONTH.format(month)));
      }
    }
    return ticks;
  }
}
