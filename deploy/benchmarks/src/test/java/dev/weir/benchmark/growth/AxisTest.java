package dev.weir.benchmark.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmark.stream.WebShopRecord;
import dev.weir.benchmark.stream.WebShopRecord.Fate;
import dev.weir.benchmark.stream.WebShopStream;
import dev.weir.event.DecodeResult;
import dev.weir.event.Event;
import dev.weir.event.EventDecoder;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void everyPointIsAPipelineThatCountsTraffic() throws Exception {
    for (long cubes = 1; cubes <= Axis.MOST_CUBES; cubes++) {
      assertThat(pipeline(Axis.CUBES, cubes).cubes()).hasSize((int) cubes);
    }
    for (Axis axis : Axis.values()) {
      assertThat(pipeline(axis, 1).cubes().get(0).name()).isEqualTo("traffic");
    }
  }

  @Test
  void routesAreAsManyAsAskedForAndADuplicateKeepsItsOwn() throws Exception {
    Pipeline pipeline = pipeline(Axis.SERIES, 100);
    EventDecoder decoder = EventDecoders.forSource(pipeline, 0);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    ManyRoutes stream =
        new ManyRoutes(new WebShopStream(1, start, 20_000, Duration.ofMinutes(1)), 100);
    int route = pipeline.event().dimensions().size() - 1;
    Set<String> routes = new HashSet<>();
    Map<String, String> byId = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      WebShopRecord record = stream.get();
      DecodeResult result =
          decoder.decode(new RawRecord(0, "events", 0, i, record.recordMillis(), record.json()));
      assertThat(result instanceof DecodeResult.Rejected)
          .isEqualTo(record.fate() == Fate.MALFORMED);
      if (result instanceof DecodeResult.Decoded decoded) {
        Event event = decoded.event();
        routes.add(event.dimensions()[route]);
        String known = byId.put(event.id(), event.dimensions()[route]);
        assertThat(known == null || known.equals(event.dimensions()[route])).isTrue();
      }
    }
    assertThat(routes).hasSize(100).allMatch(name -> name.startsWith("/p/0000"));
  }

  private static Pipeline pipeline(Axis axis, long x) throws Exception {
    try (var template = Axis.class.getResourceAsStream("growth.yaml")) {
      String yaml = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      return PipelineReader.read(axis.declaration(yaml, x));
    }
  }
}
