package dev.weir.benchmark.stage;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.stream.WebShopRecord;
import dev.weir.benchmark.stream.WebShopStream;
import dev.weir.event.DecodeResult;
import dev.weir.event.Event;
import dev.weir.event.EventDecoder;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import dev.weir.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same hundred thousand records for every stage, raw and decoded: too many for the caches. */
@State(Scope.Benchmark)
public class WebShopBatch {
  static final int RECORDS = 100_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  Pipeline pipeline;
  RawRecord[] records;
  Event[] events;

  /** Generates and decodes. */
  @Setup
  public void generate() {
    pipeline = BenchmarkRuntime.pipeline("topic");
    WebShopStream stream = new WebShopStream(42, START, RECORDS, Duration.ofSeconds(30));
    EventDecoder decoder = EventDecoders.forSource(pipeline, 0);
    records = new RawRecord[RECORDS];
    List<Event> decoded = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      WebShopRecord record = stream.next();
      records[i] = new RawRecord(0, "events", 0, i, record.recordMillis(), record.json());
      if (decoder.decode(records[i]) instanceof DecodeResult.Decoded valid) {
        decoded.add(valid.event());
      }
    }
    events = decoded.toArray(Event[]::new);
  }
}
