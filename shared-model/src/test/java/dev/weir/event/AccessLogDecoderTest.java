package dev.weir.event;

import static dev.weir.event.Declarations.decode;
import static dev.weir.event.Declarations.event;
import static dev.weir.event.Declarations.record;
import static dev.weir.event.Declarations.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DecodeResult.Filtered;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogDecoderTest {
  private static final String SCHEMA =
      "{id: event_id, time: t, dimensions: [ident, {name: account, path: user}, method, path,"
          + " protocol, {name: http_status, path: status}, referrer, user_agent, absent,"
          + " {name: src, path: $source}], identifiers: [client],"
          + " numbers: [{name: bytes, scale: 3}, {name: code, scale: 0, path: status},"
          + " {name: none, scale: 0}]}";

  private final EventDecoder decoder =
      Declarations.decoder("{name: access, topic: a, format: access-log}", SCHEMA);

  private static final String LINE =
      "10.0.0.1 - ann [17/May/2015:10:05:03 +0200] \"GET /a b?c=1 HTTP/1.1\" 200 203023"
          + " \"http://x/\" \"agent \\\"q\\\" \\\\ \\x16 ü\"";

  @Test
  void readsEveryField() {
    for (String lineBreak : new String[] {"", "\n", "\r\n"}) {
      Event event = event(decoder, LINE + lineBreak);

      assertThat(event.id()).isNull();
      assertThat(Instant.ofEpochMilli(event.timeMicros() / 1_000))
          .isEqualTo(Instant.parse("2015-05-17T08:05:03Z"));
      assertThat(event.dimensions())
          .containsExactly(
              null,
              "ann",
              "GET",
              "/a b?c=1",
              "HTTP/1.1",
              "200",
              "http://x/",
              "agent \"q\" \\ \\x16 ü",
              null,
              "access");
      assertThat(event.identifiers()).containsExactly("10.0.0.1");
      assertThat(event.numbers()).containsExactly(203_023_000, 200, 0);
      assertThat(event.numbersPresent()).isEqualTo(0b011);
    }
  }

  @Test
  void eventsShareNothingThatChangesLater() {
    EventDecoder identifying =
        Declarations.decoder(
            "{name: access, topic: a, format: access-log}", "{time: t, identifiers: [user_agent]}");
    Event first = event(identifying, LINE);
    Event second = event(identifying, LINE.replace("agent", "other"));

    assertThat(first.identifiers()).containsExactly("agent \"q\" \\ \\x16 ü");
    assertThat(second.identifiers()).containsExactly("other \"q\" \\ \\x16 ü");
  }

  @Test
  void aLineLaterThanItsRecordByMoreThanIsAllowedIsRefused() {
    EventDecoder limited =
        Declarations.decoder(
            "{name: access, topic: a, format: access-log}", "{time: {field: t, max_ahead: 1h}}");
    long record = Instant.parse("2015-05-17T07:05:03Z").toEpochMilli();
    byte[] line = LINE.getBytes(StandardCharsets.UTF_8);

    assertThat(limited.decode(record(record, line))).isInstanceOf(DecodeResult.Decoded.class);
    assertThat(limited.decode(record(record - 1, line)))
        .extracting(result -> ((DecodeResult.Rejected) result).reason())
        .isEqualTo(RejectReason.TIME_AHEAD);
  }

  @Test
  void dashIsNullButNoBytesAreZero() {
    Event event = event(decoder, "- - - [17/May/2015:10:05:03 +0000] \"-\" - - \"-\" \"-\"");

    assertThat(event.dimensions()).containsOnly(null, "access").endsWith("access");
    assertThat(event.identifiers()).containsExactly((String) null);
    assertThat(event.numbers()).containsExactly(0, 0, 0);
    assertThat(event.numbersPresent()).isEqualTo(0b001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\x16\\x03\\x01|\\x16\\x03\\x01",
        "GET /|GET /",
        "GET|GET",
        "get / HTTP/1.1|get / HTTP/1.1",
        "GET / FTP/1.1|GET / FTP/1.1",
        "GET  HTTP/1.1|GET  HTTP/1.1",
      })
  void keepsARequestThatIsNoneAsThePath(String request, String path) {
    Event event = event(decoder, LINE.replace("GET /a b?c=1 HTTP/1.1", request));

    assertThat(event.dimensions()[2]).isNull();
    assertThat(event.dimensions()[3]).isEqualTo(path);
    assertThat(event.dimensions()[4]).isNull();
    assertThat(event.numbers()[0]).isEqualTo(203_023_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "10.0.0.1 -|10.0.0.1  -|MALFORMED_ACCESS_LOG|at byte 9: the ident is due",
        "10.0.0.1 -|10.0.0.1|MALFORMED_ACCESS_LOG|at byte 35: the time in brackets is due",
        "[17/May|17/May|MALFORMED_ACCESS_LOG|at byte 15: the time in brackets is due",
        "+0200]|+0200|MALFORMED_ACCESS_LOG|closing bracket is due",
        "17/May|37/May|BAD_TIME|time at byte 16 is '37/May/2015:10:05:03 +0200', not like",
        "May/2015|May/1969|TIME_OUT_OF_RANGE|before 1970",
        "\"GET|GET|MALFORMED_ACCESS_LOG|at byte 44: the path in quotes is due",
        "\" 200|\" 20|MALFORMED_ACCESS_LOG|a status of three digits is due",
        "203023|-1|MALFORMED_ACCESS_LOG|a number of bytes is due",
        "203023|2.5|MALFORMED_ACCESS_LOG|a number of bytes is due",
        "203023|9999999999999999|NUMBER_OUT_OF_RANGE|bytes at byte",
        " \"http://x/\"||MALFORMED_ACCESS_LOG|due",
        "ü\"|ü|MALFORMED_ACCESS_LOG|a closing quote is due",
        "ü\"|ü\" 17|MALFORMED_ACCESS_LOG|the end of the line is due",
      })
  void rejectsOtherLines(String part, String instead, RejectReason reason, String detail) {
    String line = LINE.replace(part, instead == null ? "" : instead);

    assertThat(rejected(decoder, line).reason()).isEqualTo(reason);
    assertThat(rejected(decoder, line).detail()).contains(detail);
  }

  @Test
  void refusesNulInAFieldThatIsTaken() {
    assertThat(rejected(decoder, LINE.replace("ü", "\0")).reason())
        .isEqualTo(RejectReason.UNSTORABLE_TEXT);
    assertThat(
            event(
                Declarations.decoder("{name: a, topic: a, format: access-log}", "{time: t}"),
                LINE.replace("ü", "\0")))
        .isNotNull();
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] line = LINE.getBytes(StandardCharsets.ISO_8859_1);

    assertThat(decoder.decode(record(line)))
        .isEqualTo(
            new DecodeResult.Rejected(
                RejectReason.MALFORMED_ACCESS_LOG,
                "at byte " + (line.length - 2) + ": UTF-8 is due"));
  }

  @Test
  void filtersTombstonesAndBlankLines() {
    assertThat(decoder.decode(record(null))).isEqualTo(new Filtered());
    assertThat(decode(decoder, "")).isEqualTo(new Filtered());
    assertThat(decode(decoder, " \t\r\n")).isEqualTo(new Filtered());
  }
}
