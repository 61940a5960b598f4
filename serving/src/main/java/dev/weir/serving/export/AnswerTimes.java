package dev.weir.serving.export;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a person reads them in documents. */
public final class AnswerTimes {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter MINUTE_AND_OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

  private AnswerTimes() {}

  /** The range with its zone. */
  public static String range(Instant from, Instant to, ZoneId zone) {
    return minute(from, zone) + " to " + minute(to, zone) + ", " + name(zone);
  }

  /** The zone's name: UTC by whatever name it goes. */
  static String name(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** To the minute, on the clocks of the zone; with the offset where these show a time twice. */
  public static String minute(Instant time, ZoneId zone) {
    ZonedDateTime shown = time.atZone(zone);
    boolean twice = zone.getRules().getValidOffsets(shown.toLocalDateTime()).size() > 1;
    return (twice ? MINUTE_AND_OFFSET : MINUTE).format(shown);
  }

  /** The day, on the calendar of the zone. */
  static String day(Instant time, ZoneId zone) {
    return DAY.format(time.atZone(zone));
  }

  /** To the second, with the offset. */
  static String second(Instant time, ZoneId zone) {
    return TIME.format(time.atZone(zone));
  }
}
