package dev.weir.benchmark.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmark.peer.EngineFigures;
import dev.weir.benchmark.peer.Figure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
  private static final Figure RATE = Figure.RECORDS_PER_SECOND;

  private final Measured measured = new Measured();
  private final List<Aim> aims =
      List.of(
          new Aim.TimesPeer("drain", "Weir", RATE, "Fast", 0.5),
          new Aim.TimesPeer("drain", "Weir", RATE, "Slow", 3),
          new Aim.TimesPeer("drain", "Weir", RATE, "Broken", 2),
          new Aim.TimesPeer("drain", "Weir", RATE, "Never started", 2),
          new Aim.AtLeast("drain", "Weir", RATE, 400_000),
          new Aim.Under("drain", "Weir", Figure.JOB_CPU_SECONDS_PER_MILLION, 4),
          new Aim.Under("freshness", "Weir", Figure.P50_MILLIS, 50));

  @Test
  void ratiosStandBesideTheAimsAndMissedOnesAreListed() {
    add("Weir", Map.of(RATE, 300_000.0, Figure.JOB_CPU_SECONDS_PER_MILLION, 3.5), "exact");
    add("Fast", Map.of(RATE, 600_000.0, Figure.CORES_USED_BY_OTHERS, 0.25), "exact");
    add("Slow", Map.of(RATE, 200_000.0), "1 of 2 rows differ");
    measured.add(EngineFigures.failed("drain", "Broken", "see its log"));

    assertThat(new ComparisonTable("Two cores.", measured, aims).markdown())
        .isEqualTo(
            """
            Two cores.

            | what | Weir | peer | its figure | Weir : peer | aim | |
            |---|---|---|---|---|---|---|
            | drain, records/s, Weir | 300,000 | Fast | 600,000 | 0.50 | at least 0.50 | met |
            | drain, records/s, Weir | 300,000 | Slow | 200,000 (1 of 2 rows differ) | 1.50 | at least 3.00 | **missed** |
            | drain, records/s, Weir | 300,000 | Broken | - (failed: see its log) | - | at least 2.00 | not measured |
            | drain, records/s, Weir | 300,000 |  |  |  | at least 400,000 | **missed** |
            | drain, job's CPU s per million records, Weir | 3.50 |  |  |  | under 4.00 | met |

            Missed:

            - drain, records/s, Weir: 1.50 times Slow (300,000 : 200,000 (1 of 2 rows differ)), aim at least 3.00
            - drain, records/s, Weir: 300,000, aim at least 400,000

            Not measured:

            - drain, records/s, Weir: - times Broken (300,000 : - (failed: see its log)), aim at least 2.00

            Cores used by anything else meanwhile: at most 0.25.
            """);
  }

  @Test
  void theDataHoldsEveryFigureAndEveryFailure() {
    add("Weir", Map.of(RATE, 300_000.0, Figure.SECONDS, 2.5), "exact");
    measured.add(EngineFigures.failed("drain", "Broken", "a \"quoted\" reason"));

    assertThat(new ComparisonTable("", measured, aims).csv())
        .isEqualTo(
            """
            work,engine,figure,value,result
            drain,"Weir","records/s",300000.000,"exact"
            drain,"Weir","seconds",2.500,"exact"
            drain,"Broken","",,"failed: a ""quoted"" reason"
            """);
  }

  private void add(String engine, Map<Figure, Double> figures, String result) {
    measured.add(new EngineFigures("drain", engine, figures, result));
  }
}
