package dev.weir.benchmark.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.stream.WebShopRecord.Fate;
import dev.weir.event.DecodeResult;
import dev.weir.event.Event;
import dev.weir.event.EventDecoder;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WebShopStreamTest {
  private static final int RECORDS = 200_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<WebShopRecord> records = take(new WebShopStream(42, START, RECORDS, span()));

  @Test
  void theSameSeedGivesTheSameRecords() {
    List<WebShopRecord> again = take(new WebShopStream(42, START, RECORDS, span()));
    for (int i = 0; i < RECORDS; i++) {
      assertThat(again.get(i).json()).isEqualTo(records.get(i).json());
    }
  }

  @Test
  void recordsAreWhatTheBenchmarksSayTheyAre() {
    assertThat(records.stream().mapToInt(r -> r.json().length).average().orElseThrow())
        .isCloseTo(205, Percentage.withPercentage(3));
    assertThat(count(Fate.DUPLICATE)).isCloseTo(RECORDS / 100, Percentage.withPercentage(60));
    assertThat(count(Fate.MALFORMED)).isCloseTo(RECORDS / 1000, Percentage.withPercentage(30));
  }

  @Test
  void theDecoderMakesOfThemWhatTheirFateSays() {
    EventDecoder decoder = EventDecoders.forSource(BenchmarkRuntime.pipeline("topic"), 0);
    Map<String, Event> first = new HashMap<>();
    for (WebShopRecord record : records) {
      RawRecord raw = new RawRecord(0, "events", 0, 0, record.recordMillis(), record.json());
      DecodeResult result = decoder.decode(raw);
      if (record.fate() == Fate.MALFORMED) {
        assertThat(result).isInstanceOf(DecodeResult.Rejected.class);
        continue;
      }
      Event event = ((DecodeResult.Decoded) result).event();
      assertThat(first.put(event.id(), event) != null).isEqualTo(record.fate() == Fate.DUPLICATE);
      assertThat(event.minuteMillis()).isEqualTo(record.minuteMillis());
      assertThat(event.numbers()[0]).isEqualTo(record.valueCents());
    }
  }

  private long count(Fate fate) {
    return records.stream().filter(r -> r.fate() == fate).count();
  }

  private static Duration span() {
    return Duration.ofMinutes(2);
  }

  private static List<WebShopRecord> take(WebShopStream stream) {
    List<WebShopRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(stream.next());
    }
    return records;
  }
}
