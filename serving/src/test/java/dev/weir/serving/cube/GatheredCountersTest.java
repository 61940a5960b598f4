package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class GatheredCountersTest {
  private static final Instant TO = Instant.parse("2026-03-01T11:00:00Z");

  private final Pipeline pipeline = SamplePipeline.web();

  @Test
  void aSumMayBringMany() {
    GatheredCounters counters = counters("granularity", "total");

    assertThat(counters.columns()).extracting(Column::name).containsExactly("user_id_distinct");
    assertThat(counters.most()).isEqualTo(1_024);
  }

  @Test
  void allRowsTogetherBringNoMore() {
    assertThat(counters("granularity", "minute").most()).isEqualTo(1_024 / 60);
    assertThat(counters("granularity", "minute", "compare", "previous").most())
        .isEqualTo(1_024 / 120);
    assertThat(counters("granularity", "total", "dimensions", "event_type", "top", "7").most())
        .isEqualTo(1_024 / 8);
  }

  @Test
  void nothingIsGatheredWhereRowsMayBeMany() {
    assertThat(counters("granularity", "total", "dimensions", "event_type").columns()).isEmpty();
    assertThat(counters("granularity", "minute", "from", "now-2d").columns()).isEmpty();
  }

  @Test
  void nothingIsGatheredThatRowsAreSortedBy() {
    assertThat(counters("granularity", "minute", "order", "-user_id_distinct").columns()).isEmpty();
    assertThat(counters("granularity", "minute", "order", "-event_count").columns()).hasSize(1);
  }

  /** Of a question about the hour before, unless it says otherwise. */
  private GatheredCounters counters(String... namesAndValues) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    parameters.add("from", "now-1h");
    parameters.add("to", "now");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    CubeQueryParser parser =
        new CubeQueryParser(
            Clock.fixed(TO, ZoneOffset.UTC),
            new CubeCatalog(pipeline, null),
            new AnswerFormats(List.of()));
    return GatheredCounters.of(parser.parse(CubeShape.of(pipeline.cubes().get(0)), parameters));
  }
}
