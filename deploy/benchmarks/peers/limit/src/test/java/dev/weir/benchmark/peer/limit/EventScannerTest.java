package dev.weir.benchmark.peer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmark.stream.WebShop;
import dev.weir.benchmark.stream.WebShopRecord;
import dev.weir.benchmark.stream.WebShopRecord.Fate;
import dev.weir.benchmark.stream.WebShopStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventScannerTest {
  private static final int RECORDS = 100_000;

  private final EventScanner scanner = new EventScanner();
  private final ScannedEvent event = new ScannedEvent();
  private final IdSet seen = new IdSet();

  @Test
  void readsTheBenchmarksRecordsAsTheyWereGenerated() {
    WebShopStream stream =
        new WebShopStream(
            42, Instant.parse("2024-02-28T23:59:30Z"), RECORDS, Duration.ofMinutes(1));
    for (int i = 0; i < RECORDS; i++) {
      check(stream.next());
    }
  }

  private void check(WebShopRecord record) {
    boolean valid = scanner.scan(record.json(), event);
    assertThat(valid).isEqualTo(record.fate() != Fate.MALFORMED);
    if (!valid) {
      return;
    }
    assertThat(seen.add(event.idHigh, event.idLow)).isEqualTo(record.fate() == Fate.COUNTED);
    assertThat(event.millis).isEqualTo(record.eventMillis());
    assertThat(SeriesNames.TYPES.get(event.type)).isEqualTo(WebShop.TYPES.get(record.type()));
    assertThat(SeriesNames.SEGMENTS.get(event.segment))
        .isEqualTo(WebShop.SEGMENTS.get(record.segment()));
    assertThat(event.value).isEqualTo(record.valueCents() / 100.0);
  }

  @Test
  void numbersDaysAsTheCalendarDoes() {
    assertThat(EpochDays.of(1970, 1, 1)).isZero();
    assertThat(EpochDays.of(2024, 2, 29)).isEqualTo(19_782);
    assertThat(EpochDays.of(2026, 12, 31)).isEqualTo(20_818);
  }
}
