package dev.weir.benchmark.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.benchmark.BenchmarkFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
  private final Baseline baseline = new Baseline(Map.of("decode", 1.0, "archive", 2.0));

  @Test
  void aThirdMoreIsTooMuchAndAQuarterMoreIsNot() {
    assertThat(baseline.lost(costs(1.25, 2.5))).isEmpty();
    assertThat(baseline.lost(costs(1.25, 2.7))).containsExactly("archive");
    assertThat(baseline.lost(costs(1.35, 2.7))).containsExactly("decode", "archive");
    assertThat(baseline.lost(costs(0.5, 0.5))).isEmpty();
  }

  @Test
  void aStageWithoutABaselineIsNotPassedOver() {
    assertThat(new Baseline(Map.of("decode", 1.0)).lost(costs(1, 2))).containsExactly("archive");
  }

  @Test
  void theTableTellsTheChange() {
    assertThat(baseline.table(costs(1.1, 1.5)))
        .contains("decode", "1.100", "1.000", "+10.0 %")
        .contains("archive", "1.500", "2.000", "-25.0 %");
  }

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("baseline.csv");
    Baseline.of(costs(1.2346, 2)).write(file);
    assertThat(Files.readAllLines(file))
        .containsExactly("stage,ratio", "decode,1.235", "archive,2.000");
    assertThat(Baseline.read(file).ratios()).containsEntry("archive", 2.0);
  }

  @Test
  void aFileOfAnotherFormIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("baseline.csv"), List.of("stage,ratio", "decode"));
    assertThatThrownBy(() -> Baseline.read(file))
        .isInstanceOf(BenchmarkFailure.class)
        .hasMessageContaining("'decode' is not a stage and its ratio");
  }

  @Test
  void oneDisturbedRoundDoesNotMoveTheMedian() {
    List<StageCost> rounds =
        List.of(new StageCost(1, 300, 50), new StageCost(90, 9000, 50), new StageCost(2, 400, 60));
    assertThat(StageCost.median(rounds)).isEqualTo(new StageCost(2, 400, 50));
    assertThat(StageCost.median(rounds.subList(0, 2)).ratio()).isEqualTo(45.5);
  }

  private static Map<String, StageCost> costs(double decode, double archive) {
    Map<String, StageCost> costs = new LinkedHashMap<>();
    costs.put("decode", new StageCost(decode, 100 * decode, 10));
    costs.put("archive", new StageCost(archive, 100 * archive, 10));
    return costs;
  }
}
