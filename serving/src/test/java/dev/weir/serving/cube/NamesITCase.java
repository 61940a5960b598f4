package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.migrate.Migration;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Dimensions may be called like anything that an answer is made of. */
class NamesITCase {
  private static final String DECLARATION =
      """
      pipeline: names
      sources:
        - {name: clicks, topic: clicks, format: json}
      event:
        id: event_id
        time: timestamp
        dimensions: [other, events, finality, m0, key, top, grid, served]
        numbers: [{name: value, scale: 2, min: 0, max: 1000}]
      cubes:
        - name: shown
          dimensions: [other, events, finality, m0, key, top, grid, served]
          measures: [count, {value: [sum, p95]}]
      """;

  @Test
  void dimensionsAreCalledLikePartsOfAnAnswer() {
    Pipeline pipeline = PipelineReader.read(DECLARATION);
    try (TestDatabase database = TestDatabase.empty()) {
      new Migration(database.dataSource(), pipeline, DECLARATION).run();
      JdbcClient client = JdbcClient.create(database.dataSource());
      CubeCatalog catalog = new CubeCatalog(pipeline, client);
      CubeReader reader = TestReader.of(database.dataSource());
      MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
      parameters.add("granularity", "hour");
      parameters.add("dimensions", "other,events,finality,m0,key,top,grid,served");
      parameters.add("measures", "event_count,value_sum,value_p95");
      parameters.add("top", "3");
      parameters.add("other", "true");
      parameters.add("fill", "zero");
      parameters.add("compare", "1d");
      parameters.add("order", "-other,events");

      CubeQuery query =
          new CubeQueryParser(Clock.systemUTC(), catalog, new AnswerFormats(List.of()))
              .parse(catalog.shown("shown"), parameters);

      assertThat(reader.read(query).rows()).isEmpty();
    }
  }
}
