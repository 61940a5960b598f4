package dev.weir.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.serving.cube.Granularity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's calendar is the API's: in zones off by half an hour, and where clocks change. */
class DashboardCalendarITCase extends OneTab {
  /** In one of them clocks were put forward on 8 March 2026. */
  @ParameterizedTest
  @ValueSource(strings = {"Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns"})
  void chartsByHourShowEveryEventInAnyZone(String zone) {
    String range = "from=2026-03-07&to=2026-03-09&tz=" + zone;
    Instant from = LocalDate.parse("2026-03-07").atStartOfDay(ZoneId.of(zone)).toInstant();
    Instant to = LocalDate.parse("2026-03-09").atStartOfDay(ZoneId.of(zone)).toInstant();
    List<Event> events =
        dashboard.fixed().stream()
            .filter(event -> !time(event).isBefore(from) && time(event).isBefore(to))
            .toList();

    open("/#/overview?" + range).drawn(events.size());
    assertThat(heights(tab.tile("events").locator(".spark .line").getAttribute("d")))
        .as("a course that goes up and down")
        .hasSizeGreaterThan(3);
    open("/#/percentiles?" + range).until(Tab.DRAWN + " > 0");
    open("/#/explore?granularity=hour&" + range).drawn(events.size());
    assertThat(numbers(tab.column("events"))).isEqualTo(perHour(events, ZoneId.of(zone)));
    assertThat(asked(tab.copied("#copy-sql")))
        .as("the question as SQL")
        .isEqualTo(perHour(events, ZoneId.of(zone)));
  }

  private static Instant time(Event event) {
    return Instant.EPOCH.plus(event.timeMicros(), ChronoUnit.MICROS);
  }

  private static List<String> heights(String path) {
    return List.of(path.replaceAll("[ML][0-9.]+ ", " ").strip().split(" ")).stream()
        .distinct()
        .toList();
  }

  private static List<Long> perHour(List<Event> events, ZoneId zone) {
    Map<Instant, Long> hours = new TreeMap<>();
    events.forEach(event -> hours.merge(Granularity.HOUR.floor(time(event), zone), 1L, Long::sum));
    return List.copyOf(hours.values());
  }

  private static List<Long> numbers(List<String> texts) {
    return texts.stream().map(text -> Long.valueOf(text.replace(",", ""))).toList();
  }

  private static List<Long> asked(String sql) {
    String counts =
        "SELECT string_agg(event_count::text, ' ' ORDER BY bucket) FROM ("
            + sql.replace(";", "")
            + ") AS asked";
    return numbers(List.of(dashboard.log().database().query(counts).split(" ")));
  }

  /** Lord Howe's clocks change by half an hour, Havana's at midnight; Samoa left out a day. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Zurich",
        "Asia/Kolkata",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "America/Havana",
        "Pacific/Apia"
      })
  void bucketsBeginWhereThoseOfTheApiDo(String zone) {
    open("/#/health");
    List<String> questions = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Instant time : times(ZoneId.of(zone))) {
      for (Granularity grain : Granularity.values()) {
        if (grain != Granularity.TOTAL) {
          Instant start = grain.floor(time, ZoneId.of(zone));
          Instant next = grain.next(time, ZoneId.of(zone));
          questions.add(time + " " + grain.text());
          expected.add(time + " " + grain.text() + " " + start + " " + next);
        }
      }
    }

    Object answered =
        tab.ask(
            "time.js",
            """
            given.map(question => {
              const [time, grain] = question.split(' ');
              const start = module.floor(Date.parse(time), grain, '%s');
              const texts = [start, module.next(start, grain, '%1$s')];
              return [question, ...texts.map(at => new Date(at).toISOString().replace('.000', ''))].join(' ');
            })"""
                .formatted(zone),
            questions);
    assertThat(answered).isEqualTo(expected);
  }

  /** Around every change of clocks of some years, and in between. */
  private static List<Instant> times(ZoneId zone) {
    List<Instant> times = new ArrayList<>();
    Instant from = Instant.parse("2009-12-31T23:59:00Z");
    for (int day = 0; day < 40; day++) {
      times.add(from.plus(day * 97L, ChronoUnit.DAYS).plus(day * 37L, ChronoUnit.MINUTES));
    }
    ZoneOffsetTransition change = zone.getRules().nextTransition(from);
    while (change != null && change.getInstant().isBefore(Instant.parse("2021-01-01T00:00:00Z"))) {
      for (int minutes : List.of(-1500, -61, -30, -1, 0, 1, 29, 31, 61, 119, 1450)) {
        times.add(change.getInstant().plus(minutes, ChronoUnit.MINUTES));
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return times;
  }

  @Test
  void rangesAreReadAsTheApiReadsThem() {
    ZoneId zone = ZoneId.of("Europe/Zurich");
    ZonedDateTime now = LocalDateTime.parse("2026-03-31T12:20:30").atZone(zone);
    Map<String, UnaryOperator<ZonedDateTime>> meanings = new TreeMap<>();
    meanings.put("now", at -> at);
    meanings.put("now-1d-2h", at -> at.minusDays(1).minusHours(2));
    meanings.put("now-1M", at -> at.minusMonths(1));
    meanings.put("now-1M+1M", at -> at.minusMonths(1).plusMonths(1));
    meanings.put("now-3d", at -> at.minusDays(3));
    meanings.put("now-72h", at -> at.minusHours(72));
    meanings.put("now+1d/d", at -> at.plusDays(1).truncatedTo(ChronoUnit.DAYS));
    meanings.put("now 1w", at -> at.plusWeeks(1));
    meanings.put("2026-03-01T10:00:00 02:00", at -> ZonedDateTime.parse("2026-03-01T08:00Z"));
    meanings.put("2026-03-29T02:30", at -> ZonedDateTime.parse("2026-03-29T01:30Z"));
    open("/#/health");
    for (Map.Entry<String, UnaryOperator<ZonedDateTime>> meaning : meanings.entrySet()) {
      Object read =
          tab.ask(
              "range.js",
              "new Date(module.resolve(given, Date.parse('%s'), 'Europe/Zurich')).toISOString()"
                  .formatted(now.toInstant()),
              meaning.getKey());
      assertThat(Instant.parse((String) read))
          .as(meaning.getKey())
          .isEqualTo(meaning.getValue().apply(now).toInstant());
    }
    for (String none : List.of("now-", "yesterday", "now-1y", "now-999999M", "2026")) {
      Object read =
          tab.ask("range.js", "String(module.resolve(given, Date.now(), 'Europe/Zurich'))", none);
      assertThat(read).as(none).isEqualTo("NaN");
    }
  }
}
