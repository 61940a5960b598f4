package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import org.junit.jupiter.api.Test;

class CubeTablesTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();

  @Test
  void namesCarryTheDefinition() {
    Cube traffic = PIPELINE.cubes().get(0);
    CubeTables tables = CubeTables.of(PIPELINE, traffic);
    String name = "traffic_" + traffic.definitionHash().substring(0, 8);
    assertThat(tables.speedTable()).isEqualTo("speed." + name);
    assertThat(tables.liveTable()).isEqualTo("live." + name);
    assertThat(tables.batchMinuteTable()).isEqualTo("batch." + name + "_minute");
    assertThat(tables.batchHourTable()).isEqualTo("batch." + name + "_hour");
  }

  @Test
  void columnsStandInTheAgreedOrder() {
    CubeTables tables = CubeTables.of(PIPELINE, PIPELINE.cubes().get(1));
    assertThat(tables.columns(CubeTable.SPEED))
        .containsExactly(
            "commit",
            "event_hour",
            "bucket",
            "source",
            "route",
            "event_count",
            "value_count",
            "value_sum",
            "value_min",
            "value_max",
            "duration_count",
            "duration_sum",
            "duration_min",
            "duration_max",
            "duration_sketch",
            "user_id_hll",
            "session_id_hll");
    assertThat(tables.columns(CubeTable.LIVE))
        .startsWith("writer", "base", "seq", "series", "event_hour", "bucket", "source");
    assertThat(tables.columnList(CubeTable.BATCH_HOUR))
        .startsWith("\"version\", \"event_hour\", \"bucket\", \"source\", ");
  }

  @Test
  void namesThatPostgresWouldCutAreRefused() {
    Cube cube = PIPELINE.cubes().get(0);
    Cube longNamed =
        new Cube(
            "x".repeat(39),
            cube.dimensions(),
            cube.dimensionNames(),
            cube.measures(),
            cube.layout(),
            cube.definitionHash());
    assertThatThrownBy(() -> CubeTables.of(PIPELINE, longNamed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the name of cube '"
                + "x".repeat(39)
                + "' is too long for its tables: use at most 38 characters");
  }
}
