package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.sql.CubeShape;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class ServedStateTest {
  private static final Instant FROM = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-01T11:00:00Z");

  private final Pipeline pipeline = SamplePipeline.web();
  private final CubeShape shape = CubeShape.of(pipeline.cubes().get(0));

  @Test
  void aQuestionIsLiveFromItsFirstMinuteToItsLast() {
    CubeQuery question = question(null);

    assertThat(live().isLive(question)).isFalse();
    assertThat(live(FROM).isLive(question)).isTrue();
    assertThat(live(TO.minusSeconds(60)).isLive(question)).isTrue();
    assertThat(live(TO).isLive(question)).isFalse();
    assertThat(live(FROM.minusSeconds(60), TO.plusSeconds(60)).isLive(question)).isFalse();
  }

  @Test
  void whatIsComparedWithMayBeLive() {
    CubeQuery question = question("previous");

    assertThat(live(FROM.minusSeconds(3_600)).isLive(question)).isTrue();
    assertThat(live(FROM.minusSeconds(3_660)).isLive(question)).isFalse();
  }

  private ServedState live(Instant... minutes) {
    return new ServedState(shape, "state", "coverage", List.of(minutes));
  }

  private CubeQuery question(String compared) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    parameters.add("granularity", "total");
    parameters.add("from", FROM.toString());
    parameters.add("to", TO.toString());
    if (compared != null) {
      parameters.add("compare", compared);
    }
    CubeCatalog catalog = new CubeCatalog(pipeline, null);
    return new CubeQueryParser(
            Clock.fixed(TO, ZoneOffset.UTC), catalog, new AnswerFormats(List.of()))
        .parse(shape, parameters);
  }
}
