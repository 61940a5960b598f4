package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DecodeResult.Decoded;
import dev.weir.event.DecodeResult.Rejected;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A real access log against its published and independently computed answers. */
class AccessLogDatasetTest {
  private static final int METHOD = 0;
  private static final int STATUS = 1;
  private static final int PATH = 2;
  private static final int REFERRER = 3;
  private static final int AGENT = 4;
  private static final int PROTOCOL = 5;

  private static final List<Event> EVENTS = new ArrayList<>();
  private static final Map<Integer, Rejected> REJECTED = new TreeMap<>();
  private static Map<?, ?> expected;

  @BeforeAll
  static void decodeAll() throws IOException {
    EventDecoder decoder =
        Declarations.decoder(
            "{name: access, topic: access, format: access-log,"
                + " fields: {http_status: status, client_ip: client, size: bytes}}",
            "{time: time, dimensions: [method, http_status, path, referrer, user_agent, protocol],"
                + " identifiers: [client_ip], numbers: [{name: size, scale: 0, min: 0}]}");
    int line = 0;
    for (String text : lines("apache_logs.gz")) {
      line++;
      DecodeResult result = Declarations.decode(decoder, text);
      if (result instanceof Decoded decoded) {
        EVENTS.add(decoded.event());
      } else {
        REJECTED.put(line, (Rejected) result);
      }
    }
    try (InputStream in = resource("expected.json")) {
      expected = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    }
  }

  @Test
  void rejectsTheOneBrokenLine() {
    assertThat(EVENTS).hasSize(9_999).hasSize((int) expected.get("parsed_by_combined_log_regex"));
    assertThat(REJECTED)
        .hasSize(1)
        .containsEntry(
            8_899,
            new Rejected(RejectReason.MALFORMED_ACCESS_LOG, "at byte 182: a closing quote is due"));
  }

  @Test
  void countsAsExpected() {
    assertThat(counts(event -> event.dimensions()[STATUS]))
        .isEqualTo(expected.get("count_by_status"));
    assertThat(counts(event -> event.dimensions()[METHOD]))
        .isEqualTo(expected.get("count_by_method"));
    assertThat(counts(event -> Instant.ofEpochMilli(event.hourMillis()).toString()))
        .isEqualTo(expected.get("count_by_hour"));
    assertThat(
            counts(event -> Instant.ofEpochMilli(event.hourMillis()).toString().substring(0, 10)))
        .isEqualTo(expected.get("count_by_day"));
  }

  @Test
  void seesTheExpectedDistinctTexts() {
    Map<?, ?> distinct = (Map<?, ?>) expected.get("distinct");

    assertThat(counts(event -> event.identifiers()[0])).hasSize((int) distinct.get("client_ip"));
    assertThat(counts(event -> event.dimensions()[PATH]))
        .hasSize((int) distinct.get("request_path"));
    assertThat(counts(event -> String.valueOf(event.dimensions()[AGENT])))
        .hasSize((int) distinct.get("user_agent"));
    assertThat(counts(event -> String.valueOf(event.dimensions()[REFERRER])))
        .hasSize((int) distinct.get("referrer"));
    assertThat(counts(event -> event.dimensions()[PROTOCOL]).keySet())
        .containsExactlyInAnyOrder("HTTP/1.0", "HTTP/1.1");
    for (Object top : (List<?>) expected.get("top_paths")) {
      List<?> pathAndCount = (List<?>) top;
      assertThat(counts(event -> event.dimensions()[PATH]).get(pathAndCount.get(0)))
          .isEqualTo(pathAndCount.get(1));
    }
  }

  @Test
  void addsUpTheExpectedBytes() {
    Map<?, ?> bytes = (Map<?, ?>) expected.get("bytes");

    assertThat(EVENTS.stream().mapToLong(event -> event.numbers()[0]).sum())
        .isEqualTo(Long.parseLong((String) bytes.get("sum")));
    assertThat(EVENTS.stream().mapToLong(event -> event.numbers()[0]).max())
        .hasValue(Long.parseLong((String) bytes.get("max")));
    assertThat(EVENTS.stream().mapToLong(event -> event.numbers()[0]).min()).hasValue(0);
    assertThat(EVENTS).allMatch(event -> event.numbersPresent() == 1);
    Map<String, Long> sums =
        EVENTS.stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.dimensions()[STATUS],
                    Collectors.summingLong(event -> event.numbers()[0])));
    ((Map<?, ?>) expected.get("sum_bytes_by_status"))
        .forEach(
            (status, sum) -> assertThat(sums.get(status)).isEqualTo(((Number) sum).longValue()));
  }

  @Test
  void fillsTheExpectedMinutes() throws IOException {
    Map<String, List<Event>> byMinute =
        EVENTS.stream()
            .collect(
                Collectors.groupingBy(
                    event -> Instant.ofEpochMilli(event.minuteMillis()).toString()));
    List<String> rows = lines("expected_per_minute_bytes.csv");

    assertThat(byMinute).hasSize(rows.size() - 1);
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      List<Event> minute = byMinute.get(cells[0]);
      assertThat(minute).as(row).hasSize(Integer.parseInt(cells[1]));
      assertThat(minute.stream().mapToLong(event -> event.numbers()[0]).sum())
          .as(row)
          .isEqualTo(Long.parseLong(cells[2]));
      assertThat(minute.stream().map(event -> event.identifiers()[0]).distinct())
          .as(row)
          .hasSize(Integer.parseInt(cells[8]));
    }
    assertThat(EVENTS.stream().mapToLong(Event::timeMicros).min().orElseThrow())
        .isGreaterThanOrEqualTo(
            ChronoUnit.MICROS.between(
                Instant.EPOCH, Instant.parse((String) expected.get("time_min"))));
  }

  private static Map<String, Integer> counts(Function<Event, String> key) {
    Map<String, Integer> counts = new HashMap<>();
    EVENTS.forEach(event -> counts.merge(key.apply(event), 1, Integer::sum));
    return counts;
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = resource(name);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static InputStream resource(String name) {
    return AccessLogDatasetTest.class.getResourceAsStream("/elastic-apache-logs/" + name);
  }
}
