package dev.weir.event;

import static dev.weir.event.Declarations.decode;
import static dev.weir.event.Declarations.event;
import static dev.weir.event.Declarations.json;
import static dev.weir.event.Declarations.record;
import static dev.weir.event.Declarations.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DecodeResult.Filtered;
import dev.weir.event.DecodeResult.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventDecoderTest {
  private static final String SCHEMA =
      "{id: id, time: t, dimensions: [kind, {name: country, path: geo.country},"
          + " {name: src, path: $source}], identifiers: [{name: member, path: user.id}],"
          + " numbers: [{name: value, scale: 2, min: -5, max: 1000},"
          + " {name: rounded, scale: 1, round: true}]}";

  private final EventDecoder decoder = json(SCHEMA);

  private static String with(String fields) {
    return "{\"id\":\"e1\",\"t\":\"2026-01-31T23:59:59.5Z\"" + fields + "}";
  }

  @Test
  void readsEveryDeclaredFieldAndNothingElse() {
    Event event =
        event(
            decoder,
            """
             { "ignored" : [ { "kind" : "no" }, [ ] , -0.0e+1 ] , "t":"2026-01-31T23:59:59.5Z",
             "geo": {"city":"M\\u00fcnchen","country":"DE"}, "value":-4.25, "id":"e1",
             "user":{"id":1234567890123456789012}, "kind":"a\\"b\\u20ac\\ud83d\\ude00\\/ü",
             "rounded":1.25, "none":null } \r
            """);

    assertThat(event.source()).isZero();
    assertThat(event.topic()).isEqualTo("events");
    assertThat(event.partition()).isEqualTo(3);
    assertThat(event.offset()).isEqualTo(42);
    assertThat(event.recordMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(event.id()).isEqualTo("e1");
    assertThat(event.timeMicros())
        .isEqualTo(
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-01-31T23:59:59.5Z")));
    assertThat(event.dimensions()).containsExactly("a\"b€😀/ü", "DE", "clicks");
    assertThat(event.identifiers()).containsExactly("1234567890123456789012");
    assertThat(event.numbers()).containsExactly(-425, 12);
    assertThat(event.numbersPresent()).isEqualTo(0b11);
  }

  @Test
  void absentAndNullAreTheSame() {
    for (String fields : new String[] {"", ",\"kind\":null,\"geo\":null,\"value\":null"}) {
      Event event = event(decoder, with(fields));
      assertThat(event.dimensions()).containsExactly(null, null, "clicks");
      assertThat(event.identifiers()).containsExactly((String) null);
      assertThat(event.numbers()).containsExactly(0, 0);
      assertThat(event.numbersPresent()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"kind\":\"\"|``",
        "\"kind\":12|12",
        "\"kind\":-0|-0",
        "\"kind\":true|true",
        "\"kind\":false|false",
        "\"k\\u0069nd\":\"a\"|a",
        "\"kind\":\"\\b\\f\\n\\r\\t\\\\\"|`\b\f\n\r\t\\`",
      })
  void readsAsText(String field, String text) {
    assertThat(event(decoder, with("," + field)).dimensions()[0]).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"kind\":1.5|NOT_TEXT|kind at byte 47 is the number '1.5', not text or a whole number",
        "\"kind\":1e3|NOT_TEXT|kind at byte 47 is the number '1e3', not text or a whole number",
        "\"kind\":{}|NOT_TEXT|kind at byte 47 is an object, not text or a whole number",
        "\"user\":{\"id\":[1]}|NOT_TEXT|user.id at byte 53 is an array, not text or a whole number",
        "\"kind\":\"a\\u0000\"|UNSTORABLE_TEXT|kind at byte 47 holds \\u0000 or half of a surrogate"
            + " pair",
        "\"kind\":\"\\ud800x\"|UNSTORABLE_TEXT|kind at byte 47 holds \\u0000 or half of a surrogate"
            + " pair",
        "\"kind\":\"\\udc00\\ud800\"|UNSTORABLE_TEXT|kind at byte 47 holds \\u0000 or half of a"
            + " surrogate pair",
        "\"value\":\"1\"|BAD_NUMBER|value at byte 48 is the text '1'",
        "\"value\":true|BAD_NUMBER|value at byte 48 is true",
        "\"value\":[]|BAD_NUMBER|value at byte 48 is an array",
        "\"value\":0.001|NUMBER_TOO_PRECISE|value at byte 48 is '0.001', more than 2 places",
        "\"value\":1000.01|NUMBER_OUT_OF_RANGE|value at byte 48 is '1000.01'",
        "\"value\":-5.01|NUMBER_OUT_OF_RANGE|value at byte 48 is '-5.01'",
        "\"value\":1e400|NUMBER_OUT_OF_RANGE|value at byte 48 is '1e400'",
        "\"kind\":\"a\",\"kind\":\"a\"|AMBIGUOUS_FIELD|kind is given again at byte 51",
        "\"geo\":{},\"geo\":{}|AMBIGUOUS_FIELD|geo is given again at byte 49",
      })
  void rejectsBadFields(String field, RejectReason reason, String detail) {
    assertThat(rejected(decoder, with("," + field))).isEqualTo(new Rejected(reason, detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"t\":\"2026-01-31T23:59:59Z\"}|MISSING_ID",
        "{\"id\":null,\"t\":\"2026-01-31T23:59:59Z\"}|MISSING_ID",
        "{\"id\":\"\",\"t\":\"2026-01-31T23:59:59Z\"}|MISSING_ID",
        "{\"id\":true,\"t\":\"2026-01-31T23:59:59Z\"}|MISSING_ID",
        "{\"id\":1.0,\"t\":\"2026-01-31T23:59:59Z\"}|MISSING_ID",
        "{\"id\":1}|MISSING_TIME",
        "{\"id\":1,\"t\":null}|MISSING_TIME",
        "{\"id\":1,\"t\":1767225599}|BAD_TIME",
        "{\"id\":1,\"t\":\"2026-01-31T23:59:59\"}|BAD_TIME",
        "{\"id\":1,\"t\":\"1969-12-31T23:59:59.999999Z\"}|TIME_OUT_OF_RANGE",
        "{\"id\":1,\"t\":\"2200-01-01T00:00:00Z\"}|TIME_OUT_OF_RANGE",
        "[]|NOT_AN_OBJECT",
        "\"\"|NOT_AN_OBJECT",
        "``|MALFORMED_JSON",
        "{\"id\":1|MALFORMED_JSON",
        // What is wrong with the text comes before what is wrong with a field.
        "{\"id\":true}x|MALFORMED_JSON",
        "[|MALFORMED_JSON",
      })
  void rejectsTheRecord(String record, RejectReason reason) {
    assertThat(rejected(decoder, record).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    // The record's time is 2023-11-14T22:13:20Z.
    "1h, 2023-11-14T23:13:20Z, true",
    "1h, 2023-11-14T23:13:20.000999Z, true",
    "1h, 2023-11-14T23:13:20.001Z, false",
    "1h, 1970-01-01T00:00:00Z, true",
    "0s, 2023-11-14T22:13:20Z, true",
    "0s, 2023-11-14T22:13:20.001Z, false",
    "365d, 2199-12-31T23:59:59Z, false",
  })
  void anEventIsNotLaterThanItsRecordByMoreThanIsAllowed(
      String maxAhead, String time, boolean decoded) {
    EventDecoder limited = json("{time: {field: t, max_ahead: " + maxAhead + "}}");

    String text = "{\"t\":\"" + time + "\"}";
    if (decoded) {
      assertThat(event(limited, text)).isNotNull();
    } else {
      assertThat(rejected(limited, text))
          .isEqualTo(
              new Rejected(
                  RejectReason.TIME_AHEAD,
                  "the event time "
                      + time
                      + " is later than its record's, 2023-11-14T22:13:20Z, by more than max_ahead"));
    }
  }

  @Test
  void anEpochTimeIsLimitedToo() {
    EventDecoder limited = json("{time: {field: t, format: epoch-seconds, max_ahead: 1m}}");

    assertThat(event(limited, "{\"t\":1700000060}")).isNotNull();
    assertThat(rejected(limited, "{\"t\":1700000061}").reason()).isEqualTo(RejectReason.TIME_AHEAD);
  }

  @Test
  void whatElseIsWrongIsSaidFirst() {
    EventDecoder limited = json("{id: id, time: {field: t, max_ahead: 1h}}");

    assertThat(rejected(limited, "{\"t\":\"2099-01-01T00:00:00Z\"}").reason())
        .isEqualTo(RejectReason.MISSING_ID);
  }

  @Test
  void aRecordWithoutTimeLimitsNothing() {
    EventDecoder limited = json("{time: {field: t, max_ahead: 0s}}");
    byte[] text = "{\"t\":\"2100-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(limited.decode(record(-1, text))).isInstanceOf(DecodeResult.Decoded.class);
  }

  @ParameterizedTest
  @CsvSource({
    "EPOCH_SECONDS, 1767225599.1234567, 1767225599123456",
    "EPOCH_SECONDS, 0, 0",
    "EPOCH_SECONDS, 17672255990e-1, 1767225599000000",
    "EPOCH_MILLIS, 1767225599123, 1767225599123000",
    "EPOCH_MICROS, 1767225599123456, 1767225599123456",
    "EPOCH_MICROS, 1767225599123456.9, 1767225599123456",
  })
  void readsEpochTimes(String format, String number, long micros) {
    String written = format.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    EventDecoder epoch = json("{time: {field: t, format: " + written + "}}");

    assertThat(event(epoch, "{\"t\":" + number + "}").timeMicros()).isEqualTo(micros);
    assertThat(event(epoch, "{\"t\":" + number + "}").id()).isNull();
    assertThat(rejected(epoch, "{\"t\":-0.00000001}").reason())
        .isEqualTo(RejectReason.TIME_OUT_OF_RANGE);
    assertThat(rejected(epoch, "{\"t\":1e99}").reason()).isEqualTo(RejectReason.TIME_OUT_OF_RANGE);
    assertThat(rejected(epoch, "{\"t\":\"" + number + "\"}").reason())
        .isEqualTo(RejectReason.BAD_TIME);
  }

  @Test
  void limitsTextsInBytesOfUtf8() {
    String fits = "é".repeat(512);
    assertThat(event(decoder, with(",\"kind\":\"" + fits + "\"")).dimensions()[0]).isEqualTo(fits);
    assertThat(event(decoder, with(",\"kind\":\"" + "\\u00e9".repeat(512) + "\"")).dimensions()[0])
        .isEqualTo(fits);
    assertThat(rejected(decoder, with(",\"kind\":\"" + fits + "x\"")))
        .isEqualTo(
            new Rejected(
                RejectReason.TEXT_TOO_LONG, "kind at byte 47 has 1025 bytes, more than 1024"));
  }

  @Test
  void limitsDepthAndSize() {
    assertThat(event(decoder, with(",\"x\":" + "[".repeat(511) + "]".repeat(511)))).isNotNull();
    assertThat(rejected(decoder, with(",\"x\":" + "[".repeat(512) + "]".repeat(512))).reason())
        .isEqualTo(RejectReason.TOO_LARGE);
    assertThat(rejected(decoder, "[".repeat(1 << 20)).reason()).isEqualTo(RejectReason.TOO_LARGE);
    assertThat(rejected(decoder, " ".repeat(1 << 20) + " "))
        .isEqualTo(new Rejected(RejectReason.TOO_LARGE, "1048577 bytes, more than 1048576"));
  }

  @Test
  void filtersWhatIsNoEventByDesign() {
    assertThat(decoder.decode(record(null))).isEqualTo(new Filtered());

    EventDecoder lines =
        Declarations.decoder("{name: old, directory: 'file:///x', format: json}", "{time: t}");
    assertThat(decode(lines, " \r\n")).isEqualTo(new Filtered());
    assertThat(rejected(decoder, " \r\n").reason()).isEqualTo(RejectReason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{user: {\"id\":1}}", "{\"a\":01}", "{\"a\":'b'}", "{\"a\":1,}", "{}{}"})
  void saysWhereTheTextIsMalformed(String text) {
    assertThat(rejected(decoder, text).detail()).startsWith("at byte ").contains(" due, not 0x");
  }

  @Test
  void fieldsMayBelongToTwoTargetsAndToAPathBeyond() {
    EventDecoder overlapping =
        json(
            "{id: user, time: t, dimensions: [{name: a, path: user}, {name: b, path: user.id}],"
                + " identifiers: [{name: c, path: user}]}");

    Event event = event(overlapping, "{\"t\":\"2026-01-31T23:59:59Z\",\"user\":\"u\"}");
    assertThat(event.id()).isEqualTo("u");
    assertThat(event.dimensions()).containsExactly("u", null);
    assertThat(event.identifiers()).containsExactly("u");
  }

  @Test
  void aSourceHasPathsOfItsOwn() {
    EventDecoder decoder =
        Declarations.decoder(
            "{name: clicks, topic: c, format: json,"
                + " fields: {id: $origin, time: meta.at, kind: $source, member: who}}",
            SCHEMA);

    Event event = event(decoder, "{\"meta\":{\"at\":\"2026-01-31T23:59:59Z\"},\"who\":7}");
    assertThat(event.id()).isNull();
    assertThat(event.dimensions()).containsExactly("clicks", null, "clicks");
    assertThat(event.identifiers()).containsExactly("7");
  }

  @Test
  void eventsShareNothingThatChangesLater() {
    String text = "{\"id\":\"\\u0065\",\"t\":\"2026-01-31T23:59:59.5Z\",\"kind\":\"first\",";
    byte[] bytes = (text + "\"user\":{\"id\":\"u\\u00e9\"}}").getBytes(StandardCharsets.UTF_8);
    Event first = ((DecodeResult.Decoded) decoder.decode(record(bytes))).event();
    Event second =
        event(
            decoder,
            text.replace("65", "66").replace("first", "other")
                + "\"value\":1,\"user\":{\"id\":\"\\u00e8u\"}}");
    Arrays.fill(bytes, (byte) 'x');

    assertThat(first.dimensions()).containsExactly("first", null, "clicks");
    assertThat(first.numbers()).containsExactly(0, 0);
    assertThat(first.id()).isEqualTo("e");
    assertThat(first.identifiers()).containsExactly("ué");
    assertThat(second.dimensions()).containsExactly("other", null, "clicks");
    assertThat(second.id()).isEqualTo("f");
    assertThat(second.identifiers()).containsExactly("èu");
  }

  @Test
  void identifiersMayBeLiteralsAndTheSource() {
    EventDecoder identifying = json("{time: t, identifiers: [a, b, {name: c, path: $source}]}");
    String text = "{\"t\":\"2026-01-31T23:59:59.5Z\",\"a\":true,\"b\":false}";

    assertThat(event(identifying, text).identifiers()).containsExactly("true", "false", "clicks");
    assertThat(event(identifying, text.replace("true", "\"\"")).identifiers())
        .containsExactly("", "false", "clicks");
  }
}
