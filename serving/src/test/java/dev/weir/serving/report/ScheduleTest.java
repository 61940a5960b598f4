package dev.weir.serving.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void readsBothForms() {
    assertThat(Schedule.parse("daily at 06:00")).contains(new Schedule.Daily(LocalTime.of(6, 0)));
    assertThat(Schedule.parse("  Weekly on Monday  at 23:59 "))
        .contains(new Schedule.Weekly(DayOfWeek.MONDAY, LocalTime.of(23, 59)));
    assertThat(Schedule.parse("weekly on friday at 07:30").orElseThrow())
        .hasToString("weekly on friday at 07:30");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily",
        "daily at 6:00",
        "daily at 24:00",
        "weekly at 06:00",
        "weekly on moonday at 06:00",
        "hourly"
      })
  void readsNothingElse(String text) {
    assertThat(Schedule.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "daily at 06:00, 2026-03-02T04:59:59Z, 2026-03-01T05:00:00Z, 2026-03-02T05:00:00Z",
    "daily at 06:00, 2026-03-02T05:00:00Z, 2026-03-02T05:00:00Z, 2026-03-03T05:00:00Z",
    // Summer time: an hour earlier in UTC.
    "daily at 06:00, 2026-07-01T12:00:00Z, 2026-07-01T04:00:00Z, 2026-07-02T04:00:00Z",
    // The clocks leave 02:30 out, and repeat it in autumn.
    "daily at 02:30, 2026-03-29T12:00:00Z, 2026-03-29T01:30:00Z, 2026-03-30T00:30:00Z",
    "daily at 02:30, 2026-10-25T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    "weekly on monday at 06:00, 2026-03-04T00:00:00Z, 2026-03-02T05:00:00Z, 2026-03-09T05:00:00Z",
    "weekly on monday at 06:00, 2026-03-02T04:00:00Z, 2026-02-23T05:00:00Z, 2026-03-02T05:00:00Z"
  })
  void isDueOnTheClocksOfItsZone(String schedule, Instant now, Instant last, Instant next) {
    Schedule parsed = Schedule.parse(schedule).orElseThrow();

    assertThat(parsed.lastDue(now, BERLIN)).isEqualTo(last);
    assertThat(parsed.nextDue(now, BERLIN)).isEqualTo(next);
  }

  @Test
  void isAboutTheLastFullDayOrWeek() {
    Instant due = Instant.parse("2026-03-04T05:00:00Z");

    assertThat(Span.DAY.before(due, BERLIN))
        .isEqualTo(
            new Span.Range(
                Instant.parse("2026-03-02T23:00:00Z"), Instant.parse("2026-03-03T23:00:00Z")));
    assertThat(Span.WEEK.before(due, ZoneOffset.UTC))
        .isEqualTo(
            new Span.Range(
                Instant.parse("2026-02-23T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z")));
    assertThat(Span.DAY.before(Instant.parse("2026-03-30T10:00:00Z"), BERLIN))
        .as("a day of 23 hours")
        .isEqualTo(
            new Span.Range(
                Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("2026-03-29T22:00:00Z")));
  }
}
