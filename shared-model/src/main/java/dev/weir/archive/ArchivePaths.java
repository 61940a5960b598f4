package dev.weir.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Where files stand under the archive's root. Dates and hours are UTC. The manifest names every
 * file; a path is only for people and for tools that read {@code hours/} as Hive partitions.
 */
public final class ArchivePaths {
  private static final DateTimeFormatter HOUR_FOLDER =
      DateTimeFormatter.ofPattern("'event_date='uuuu-MM-dd'/event_hour='HH", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ArchivePaths() {}

  /** A new file of events, by the date it was opened. */
  public static String arrivals(Instant opened, UUID name) {
    return ArchiveKind.ARRIVALS.manifestName() + "/" + date(opened) + "/" + name + ".parquet";
  }

  /** A new file of dead letters, by the date it was opened. */
  public static String deadLetters(Instant opened, UUID name) {
    return ArchiveKind.DEAD_LETTERS.manifestName() + "/" + date(opened) + "/" + name + ".parquet";
  }

  /**
   * A compacted file.
   *
   * @param hourMillis start of the event hour, epoch milliseconds
   * @param version batch version that wrote it
   * @param bucket number of the file within the hour
   */
  public static String hours(long hourMillis, long version, int bucket) {
    return ArchiveKind.HOURS.manifestName()
        + "/"
        + HOUR_FOLDER.format(Instant.ofEpochMilli(hourMillis))
        + "/v"
        + version
        + "-"
        + bucket
        + ".parquet";
  }

  private static LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
