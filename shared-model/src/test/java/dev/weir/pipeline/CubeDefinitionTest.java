package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CubeDefinitionTest {
  private static final String YAML =
      """
      pipeline: web
      sources: [{name: clicks, topic: events, format: json}]
      event:
        time: timestamp
        dimensions: [event_type, route]
        identifiers: [user_id]
        numbers: [{name: value, scale: 4}, {name: size, scale: 0}]
      cubes: [{name: traffic, dimensions: [event_type], measures: [count, {value: [sum, p95]}]}]
      """;

  private static String hash(String yaml) {
    return PipelineReader.read(yaml).cubes().get(0).definitionHash();
  }

  @Test
  void hashIsStable() {
    // Tables are named by it: another hash for the same declaration would lose sight of them.
    assertThat(hash(YAML)).isEqualTo("3b7bf76646bedd18");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[count, {value: [sum, p95]}]->[{value: [sum, p95]}]",
        "[sum, p95]->[min, max, avg, p50, p99.9]",
        "name: traffic->name: other",
        "time: timestamp->time: {field: t, format: epoch-millis}",
        "{name: value, scale: 4}->{name: value, scale: 4, path: price, min: 0, round: true}",
      })
  void hashCoversNothingElse(String change) {
    String[] parts = change.split("->", -1);
    assertThat(YAML).contains(parts[0]);
    assertThat(hash(YAML.replace(parts[0], parts[1]))).isEqualTo(hash(YAML));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dimensions: [event_type],->dimensions: [event_type, route],",
        "dimensions: [event_type],->dimensions: [route],",
        "[sum, p95]->[sum]",
        "{value: [sum, p95]}->{size: [sum, p95]}",
        "[sum, p95]}->[sum, p95]}, {size: [sum]}",
        "[sum, p95]}->[sum, p95]}, {distinct: user_id}",
        "scale: 4->scale: 3",
      })
  void hashCoversWhatChangesRows(String change) {
    String[] parts = change.split("->", -1);
    assertThat(YAML).contains(parts[0]);
    assertThat(hash(YAML.replace(parts[0], parts[1]))).isNotEqualTo(hash(YAML));
  }

  @Test
  void namesPercentiles() {
    assertThat(Percentiles.fraction("p99.9")).contains(new BigDecimal("0.999"));
    assertThat(Percentiles.fraction("p50")).contains(new BigDecimal("0.5"));
    assertThat(Percentiles.name(new BigDecimal("0.5"))).isEqualTo("p50");
    assertThat(Percentiles.column("value", new BigDecimal("0.95"))).isEqualTo("value_p95");
    assertThat(Percentiles.column("value", new BigDecimal("0.999"))).isEqualTo("value_p99_9");
    for (String name : new String[] {"p0", "p100", "p05", "p9.90", "p", "95", "p0.0001"}) {
      assertThat(Percentiles.fraction(name)).as(name).isEmpty();
    }
  }
}
