package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DecodeResult.Decoded;
import dev.weir.event.DecodeResult.Rejected;
import dev.weir.pipeline.EventSchema;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random records, whole and damaged, decoded as {@link NaiveDecoder} decodes them. */
class JsonPropertyTest {
  private static final Pipeline PIPELINE =
      PipelineReader.read(
          """
          pipeline: web
          sources: [{name: clicks, topic: events, format: json}]
          event:
            id: id
            time: {field: at.time, max_ahead: 36h}
            dimensions: [kind, {name: country, path: geo.country}, {name: geo_text, path: geo}]
            identifiers: [{name: member, path: at.user}]
            numbers: [{name: value, scale: 2, min: -1000, max: 1000}, {name: r, scale: 0, round: true}]
          cubes: [{name: total, measures: [count]}]
          """);

  /** Later than most of the random times, which are of this century. */
  private static final Instant RECORDED = Instant.parse("2089-06-01T00:00:00Z");

  private final EventSchema schema = PIPELINE.event();
  private final EventDecoder decoder = EventDecoders.forSource(PIPELINE, 0);
  private final Map<RejectReason, Integer> seen = new EnumMap<>(RejectReason.class);
  private int decoded;

  @Test
  void decodesRandomRecordsAsTheNaiveDecoderDoes() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 15_000; i++) {
      compare(new RandomRecord(random).write().getBytes(StandardCharsets.UTF_8));
    }
    // Otherwise the generator does not try what it is meant to try.
    assertThat(decoded).isGreaterThan(1_000);
    assertThat(seen.keySet())
        .contains(
            RejectReason.MISSING_ID,
            RejectReason.MISSING_TIME,
            RejectReason.BAD_TIME,
            RejectReason.TIME_OUT_OF_RANGE,
            RejectReason.TIME_AHEAD,
            RejectReason.BAD_NUMBER,
            RejectReason.NUMBER_TOO_PRECISE,
            RejectReason.NUMBER_OUT_OF_RANGE,
            RejectReason.NOT_TEXT,
            RejectReason.UNSTORABLE_TEXT,
            RejectReason.TEXT_TOO_LONG,
            RejectReason.AMBIGUOUS_FIELD);
  }

  @Test
  void judgesDamagedRecordsAsTheNaiveParserDoes() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 15_000; i++) {
      byte[] bytes = new RandomRecord(random).write().getBytes(StandardCharsets.UTF_8);
      compare(damaged(bytes, random));
    }
    assertThat(decoded).isPositive();
    assertThat(seen.get(RejectReason.MALFORMED_JSON)).isGreaterThan(1_000);
  }

  @Test
  void neverThrowsForRubbish() {
    SplittableRandom random = new SplittableRandom(7);
    EventDecoder log =
        Declarations.decoder(
            "{name: a, topic: a, format: access-log}",
            "{time: t, dimensions: [path, user_agent], numbers: [{name: bytes, scale: 0}]}");
    byte[] line =
        "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 17 \"-\" \"\\\\ agent\""
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 15_000; i++) {
      byte[] rubbish = new byte[random.nextInt(40)];
      random.nextBytes(rubbish);
      assertThat(decoder.decode(Declarations.record(rubbish))).isNotNull();
      assertThat(log.decode(Declarations.record(rubbish))).isNotNull();
      assertThat(log.decode(Declarations.record(damaged(line, random)))).isNotNull();
    }
  }

  private void compare(byte[] bytes) {
    String shown = new String(bytes, StandardCharsets.UTF_8);
    NaiveDecoder expected = new NaiveDecoder(schema, RECORDED, bytes);
    DecodeResult result = decoder.decode(Declarations.record(RECORDED.toEpochMilli(), bytes));
    if (result instanceof Rejected rejected) {
      seen.merge(rejected.reason(), 1, Integer::sum);
      // Of a field given twice, the values that do not count may be wrong as well.
      if (!expected.reasons.contains(RejectReason.AMBIGUOUS_FIELD)) {
        assertThat(expected.reasons).as(shown).contains(rejected.reason());
      }
      assertThat(rejected.detail()).isNotBlank().doesNotContain("\0");
      return;
    }
    assertThat(expected.reasons).as(shown).isEmpty();
    decoded++;
    Event event = ((Decoded) result).event();
    List<String> texts = new ArrayList<>(Arrays.asList(event.dimensions()));
    texts.addAll(Arrays.asList(event.identifiers()));
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < event.numbers().length; i++) {
      boolean present = (event.numbersPresent() >> i & 1) == 1;
      numbers.add(present ? (Long) event.numbers()[i] : null);
    }
    assertThat(event.id()).as(shown).isEqualTo(expected.id);
    assertThat(event.timeMicros()).as(shown).isEqualTo(expected.timeMicros);
    assertThat(texts).as(shown).isEqualTo(expected.texts);
    assertThat(numbers).as(shown).isEqualTo(expected.numbers);
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    byte[] damaged = bytes.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(4)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 -> damaged[at] = (byte) "{}[]\",:\\0eE-+. nt".charAt(random.nextInt(17));
        case 2 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
        default -> System.arraycopy(damaged, at, damaged, at / 2, damaged.length - at);
      }
    }
    return damaged;
  }
}
