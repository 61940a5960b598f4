package dev.weir.local.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NaiveAggregator;
import dev.weir.oracle.SeededStream.Series;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an obviously correct program counts of JSON lines: every valid event once. */
final class LineOracle {

  private static final int SCALE = 4;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final MeasureLayout layout;
  private final Map<Series, NaiveAggregator> truth = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private long lines;
  private long malformed;

  LineOracle(MeasureLayout layout) {
    this.layout = layout;
  }

  void add(String line) {
    lines++;
    try {
      count(JSON.readTree(line));
    } catch (JsonProcessingException | DateTimeException | ArithmeticException e) {
      malformed++;
    }
  }

  private void count(JsonNode event) {
    Instant time = Instant.parse(event.path("timestamp").asText());
    JsonNode number = event.path("value");
    Long value =
        number.isNumber()
            ? (Long) number.decimalValue().setScale(SCALE).unscaledValue().longValueExact()
            : null;
    if (!event.has("event_id")) {
      malformed++;
      return;
    }
    if (!seen.add(event.get("event_id").asText())) {
      return;
    }
    Instant minute = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 60L) * 60L);
    truth
        .computeIfAbsent(
            new Series(minute, text(event, "event_type"), text(event, "user_segment")),
            key -> new NaiveAggregator(layout))
        .add(Collections.singletonList(value), List.of(event.get("user_id").asText()));
  }

  private static String text(JsonNode event, String field) {
    return event.get(field).isNull() ? null : event.get(field).asText();
  }

  long lines() {
    return lines;
  }

  long unique() {
    return seen.size();
  }

  long malformed() {
    return malformed;
  }

  long duplicates() {
    return lines - malformed - unique();
  }

  /** What the cube must show of all lines so far. */
  Map<Series, MinuteAggregate> truth() {
    Map<Series, MinuteAggregate> expected = new LinkedHashMap<>();
    truth.forEach((series, aggregate) -> expected.put(series, aggregate.toAggregate()));
    return expected;
  }
}
