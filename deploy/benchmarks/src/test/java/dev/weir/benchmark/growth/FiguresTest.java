package dev.weir.benchmark.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.growth.Figures.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void aPointThatIsMeasuredAgainReplacesTheOlderOneAndTheOthersStay() throws Exception {
    Figures first = Figures.read(folder, Axis.CUBES);
    first.put(new Point(8, 3_000_000, 150_000, 9, 3, 0.1, AT));
    first.put(new Point(1, 3_000_000, 250_000, 6, 1, 0.1, AT));
    first.write();

    Point again = new Point(8, 3_000_000, 151_000, 8.5, 3, 0.1, AT);
    Figures second = Figures.read(folder, Axis.CUBES);
    second.put(again);
    second.write();

    assertThat(Files.readAllLines(folder.resolve("growth-cubes.csv")))
        .containsExactly(
            "cubes,records,records_per_s,job_cpu_s_per_million,postgres_cpu_s_per_million,cores_used_by_others,measured_at",
            "1,3000000,250000,6.000,1.000,0.100,2026-03-01T00:00:00Z",
            "8,3000000,151000,8.500,3.000,0.100,2026-03-01T00:00:00Z");
    assertThat(Figures.read(folder, Axis.CUBES).points()).hasSize(2).contains(again);
  }

  @Test
  void aFileOfAnotherFormIsRefused() throws Exception {
    Files.write(folder.resolve("growth-series.csv"), List.of("series", "24,1"));
    assertThatThrownBy(() -> Figures.read(folder, Axis.SERIES))
        .isInstanceOf(BenchmarkFailure.class)
        .hasMessageContaining("'24,1' does not have 7 fields");
  }
}
