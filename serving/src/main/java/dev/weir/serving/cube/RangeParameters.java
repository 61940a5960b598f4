package dev.weir.serving.cube;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code tz}, {@code granularity}, {@code from} and {@code to}. */
final class RangeParameters {
  static final List<String> NAMES = List.of("from", "to", "tz", "granularity");

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("2300-01-01T00:00:00Z");

  private final Parameters parameters;
  private final Clock clock;

  RangeParameters(Parameters parameters, Clock clock) {
    this.parameters = parameters;
    this.clock = clock;
  }

  /**
   * What is asked for, in whole buckets.
   *
   * @param from start of the first bucket
   * @param to end of the last bucket, exclusive
   */
  record Range(Granularity granularity, ZoneId zone, Instant from, Instant to) {}

  Range read() {
    Granularity granularity = granularity();
    ZoneId zone = zone();
    Instant now = clock.instant();
    TimeText times = new TimeText(zone, now);
    Optional<Instant> to = time("to", times, now);
    Instant usual = granularity.floor(to.orElse(now), zone).minus(granularity.usualRange());
    Optional<Instant> from = time("from", times, usual.isBefore(FIRST) ? FIRST : usual);
    if (from.isEmpty() || to.isEmpty()) {
      return new Range(granularity, zone, usual, now);
    }
    check(granularity, from.get(), to.get());
    return new Range(
        granularity,
        zone,
        granularity.floor(from.get(), zone),
        granularity.ceiling(to.get(), zone));
  }

  private Granularity granularity() {
    List<String> words = Arrays.stream(Granularity.values()).map(Granularity::text).toList();
    String word = parameters.word("granularity", words, "minute", "a granularity");
    return Granularity.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private ZoneId zone() {
    String text = parameters.text("tz");
    if (text == null) {
      return UTC;
    }
    // Names of places only: an offset would not know of summer time, and many texts are offsets.
    if (ZoneId.getAvailableZoneIds().contains(text)) {
      return ZoneId.of(text);
    }
    parameters.problem(
        "tz",
        "'" + text + "' is not a time zone",
        "use a name of the IANA database, such as Europe/Berlin or UTC");
    return UTC;
  }

  /** Empty where the text cannot be used. */
  private Optional<Instant> time(String name, TimeText times, Instant otherwise) {
    String text = parameters.text(name);
    if (text == null) {
      return Optional.of(otherwise);
    }
    Optional<Instant> time = times.read(text);
    if (time.isEmpty()) {
      parameters.problem(name, "'" + text + "' is not a time", TimeText.USE);
    } else if (time.get().isBefore(FIRST) || time.get().isAfter(LAST)) {
      parameters.problem(name, "'" + text + "' is outside 1970 to 2300", "use a time inside");
      return Optional.empty();
    }
    return time;
  }

  private void check(Granularity granularity, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      parameters.problem(
          "from",
          "it is not before to (" + to + ")",
          "exchange the two or leave out to, which then is now");
    } else if (from.plus(granularity.longestRange()).isBefore(to)) {
      parameters.problem(
          "from",
          "a range by "
              + granularity.text()
              + " may span at most "
              + granularity.longestRange().toDays()
              + " days",
          "shorten it or choose a coarser granularity");
    }
  }
}
