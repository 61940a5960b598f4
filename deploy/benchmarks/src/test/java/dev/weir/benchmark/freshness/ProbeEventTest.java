package dev.weir.benchmark.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.event.DecodeResult;
import dev.weir.event.Event;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProbeEventTest {
  private static final long MILLIS = Instant.parse("2026-03-01T12:34:56.789Z").toEpochMilli();

  @Test
  void isAnEventOfTheSeriesThatIsExpected() {
    RawRecord record = new RawRecord(0, "events", 3, 0, MILLIS, ProbeEvent.json(3, MILLIS));
    DecodeResult result =
        EventDecoders.forSource(BenchmarkRuntime.pipeline("topic"), 0).decode(record);
    Event event = ((DecodeResult.Decoded) result).event();
    ExpectedTraffic.Series series = ProbeEvent.series(3, MILLIS);

    assertThat(event.minuteMillis()).isEqualTo(series.minuteMillis());
    assertThat(event.dimensions()).contains(series.type(), series.segment());
    assertThat(event.numbers()[0]).isEqualTo(ProbeEvent.VALUE_CENTS);
    assertThat(ProbeEvent.partition(series.type())).isEqualTo(3);
  }
}
