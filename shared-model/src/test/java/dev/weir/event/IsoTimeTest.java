package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

  private static long iso(String text) {
    byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
    return IsoTime.epochMicros(bytes, 1, bytes.length - 1);
  }

  private static long log(String text) {
    byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
    return AccessLogTime.epochMicros(bytes, 1, bytes.length - 1);
  }

  private static long micros(OffsetDateTime time) {
    return ChronoUnit.MICROS.between(
        OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), time);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-31T23:59Z|2026-01-31T23:59:00Z",
        "2026-01-31 23:59:59z|2026-01-31T23:59:59Z",
        "2026-01-31t23:59:59,5Z|2026-01-31T23:59:59.5Z",
        "2026-01-31T23:59:59.1234567891234Z|2026-01-31T23:59:59.123456Z",
        "2026-01-31T23:59:59+01|2026-01-31T22:59:59Z",
        "2026-01-31T23:59:59-0130|2026-02-01T01:29:59Z",
        "2026-01-31T23:59:59.000001+05:45|2026-01-31T18:14:59.000001Z",
        "2024-02-29T00:00:00Z|2024-02-29T00:00:00Z",
        "2000-02-29T00:00:00-00:00|2000-02-29T00:00:00Z",
      })
  void readsIso(String text, String expected) {
    assertThat(iso(text)).isEqualTo(micros(OffsetDateTime.parse(expected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-01-31",
        "2026-01-31T23:59:59",
        "2026-01-31T23:59",
        "2026-01-31T23Z",
        "2026-01-31T23:59:Z",
        "2026-01-31T23:59:59.Z",
        "2026-01-31T23:59:5Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-13-10T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-1-31T00:00:00Z",
        "20260131T000000Z",
        "2026-01-31_23:59:59Z",
        "2026-01-31T23:59:59 Z",
        "2026-01-31T23:59:59ZZ",
        "2026-01-31T23:59:59+1",
        "2026-01-31T23:59:59+24:00",
        "2026-01-31T23:59:59+01:60",
        "2026-01-31T23:59:59+01-00",
        "2026-01-31T23:59:59[UTC]",
        "2026-01-31T-1:59:59Z",
        "\u0662026-01-31T23:59:59Z",
      })
  void refusesOtherForms(String text) {
    assertThat(iso(text)).isEqualTo(CivilTime.INVALID);
  }

  @Test
  void agreesWithJavaTime() {
    SplittableRandom random = new SplittableRandom(23);
    DateTimeFormatter logFormat =
        DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    for (int i = 0; i < 20_000; i++) {
      OffsetDateTime time =
          LocalDateTime.of(
                  LocalDate.ofEpochDay(random.nextInt(-700_000, 2_900_000)),
                  LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000))
              .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60));
      assertThat(iso(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time))).isEqualTo(micros(time));
      assertThat(log(logFormat.format(time)))
          .isEqualTo(micros(time.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  @Test
  void knowsEveryDayOfTheCalendar() {
    for (int year = 1969; year < 2201; year++) {
      for (int month = 0; month <= 13; month++) {
        for (int day = 0; day <= 32; day++) {
          long expected;
          try {
            expected = LocalDate.of(year, month, day).toEpochDay() * 86_400;
          } catch (DateTimeException e) {
            expected = CivilTime.INVALID;
          }
          assertThat(CivilTime.epochSeconds(year, month, day, 0, 0, 0, 0)).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17/May/2015:10:05:03",
        "17/May/2015 10:05:03 +0000",
        "7/May/2015:10:05:03 +00000",
        "17/may/2015:10:05:03 +0000",
        "17/Mai/2015:10:05:03 +0000",
        "31/Apr/2015:10:05:03 +0000",
        "17/May/2015:24:05:03 +0000",
        "17/May/2015:10:05:60 +0000",
        "17/May/2015:10:05:03 00000",
        "17/May/2015:10:05:03 +0060",
        "17-May-2015:10:05:03 +0000",
      })
  void refusesOtherLogTimes(String text) {
    assertThat(log(text)).isEqualTo(CivilTime.INVALID);
  }
}
