package dev.weir.batch.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.archive.ArchiveKind;
import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.audit.CompactionDamage;
import dev.weir.batch.audit.Damage;
import dev.weir.batch.audit.FileDamage;
import dev.weir.batch.audit.RowDamage;
import dev.weir.batch.audit.RowLayer;
import dev.weir.batch.repair.DamagedHour.Arrival;
import dev.weir.batch.repair.DamagedHour.OfCube;
import dev.weir.batch.repair.DamagedHour.Version;
import dev.weir.batch.repair.Remedy.Kind;
import dev.weir.batch.select.DeclaredCubes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * An event hour that version 5 serves, absorbed through commit 2 and compacted so; version 4 is
 * retained, absorbed through commit 1. File 10 is of commit 1, file 20 of 2 and file 30 of 3.
 */
class ChooseRemediesTest {
  private static final long HOUR = 3_600_000L;
  private static final DeclaredCubes CUBES = cubes(false);

  @Test
  void damagedFileThatACompactionHolds() {
    assertThat(choose(arrivals(10))).isEqualTo(Kind.NOTHING);
  }

  @Test
  void damagedFileNotYetAbsorbed() {
    assertThat(choose(arrivals(30))).isEqualTo(Kind.SEAL);
  }

  @Test
  void fileThatIsDamagedInAnotherHour() {
    assertThat(choose(file(30, ArchiveKind.ARRIVALS, "a", 2 * HOUR))).isEqualTo(Kind.RECOMPUTE);
  }

  @Test
  void damagedCompaction() {
    assertThat(choose(compacted(5))).isEqualTo(Kind.RECOMPUTE_FROM_ARRIVALS);
    assertThat(choose(new CompactionDamage(HOUR, 5, 1, 1, "")))
        .isEqualTo(Kind.RECOMPUTE_FROM_ARRIVALS);
    assertThat(choose(compacted(5), arrivals(10))).isEqualTo(Kind.SEAL);
    assertThat(choose(compacted(4))).isEqualTo(Kind.NOTHING);
  }

  @Test
  void alteredRows() {
    assertThat(choose(rows(RowLayer.SPEED, 3))).isEqualTo(Kind.RECOMPUTE);
    assertThat(choose(rows(RowLayer.MINUTE, 5))).isEqualTo(Kind.RECOMPUTE);
    assertThat(choose(rows(RowLayer.HOUR, 4))).isEqualTo(Kind.RECOMPUTE);
  }

  @Test
  void alteredRowsOfAnHourWhoseArchiveIsNotWhole() {
    assertThat(choose(arrivals(30), rows(RowLayer.HOUR, 4))).isEqualTo(Kind.SEAL);
    assertThat(choose(arrivals(30), rows(RowLayer.SPEED, 2))).isEqualTo(Kind.SEAL);
    assertThat(choose(arrivals(30), rows(RowLayer.SPEED, 3))).isEqualTo(Kind.LOST);
    Remedy stepsBack = remedy(arrivals(30), rows(RowLayer.HOUR, 5));
    assertThat(stepsBack.kind()).isEqualTo(Kind.SEAL);
    assertThat(stepsBack.bases()).containsExactly(new Version(4, 1));
    Remedy lost = remedy(arrivals(30), rows(RowLayer.HOUR, 5), rows(RowLayer.MINUTE, 4));
    assertThat(lost.kind()).isEqualTo(Kind.LOST);
    assertThat(lost.why()).contains("the rows of cube 'traffic' that could stand in for it");
  }

  @Test
  void alteredRowsOfASealedHour() {
    assertThat(choose(hour(true), rows(RowLayer.HOUR, 4))).isEqualTo(Kind.REMOVE_UNSERVED);
    assertThat(choose(hour(true), rows(RowLayer.HOUR, 5))).isEqualTo(Kind.SEAL);
    assertThat(choose(hour(true), rows(RowLayer.SPEED, 3))).isEqualTo(Kind.LOST);
    assertThat(choose(hour(true), arrivals(10))).isEqualTo(Kind.NOTHING);
  }

  @Test
  void rowsOfAnHourThatNoCommitTouched() {
    DamagedHour untouched =
        new DamagedHour(HOUR, false, 0, 0, List.of(), List.of(new OfCube(0, List.of(), Set.of())));
    assertThat(choose(untouched, rows(RowLayer.SPEED, 3))).isEqualTo(Kind.REMOVE_UNSERVED);
  }

  /** Views show a cube that had another definition by that one, until the hour is recomputed. */
  @Test
  void cubeDeclaredAfterTheHoursCommits() {
    AuditReport report = new AuditReport(List.of(arrivals(30)), List.of(), List.of());
    for (boolean sealed : new boolean[] {false, true}) {
      DamagedHour served = hour(sealed);
      DamagedHour late =
          new DamagedHour(
              HOUR,
              sealed,
              served.compaction(),
              served.compactedThrough(),
              served.arrivals(),
              List.of(new OfCube(3, List.of(), Set.of())));
      Kind ofNewCube = sealed ? Kind.NOTHING : Kind.SEAL;
      Kind ofRedefined = sealed ? Kind.NOTHING : Kind.LOST;
      assertThat(new ChooseRemedies(cubes(false), report).of(late).kind()).isEqualTo(ofNewCube);
      Remedy redefined = new ChooseRemedies(cubes(true), report).of(late);
      assertThat(redefined.kind()).isEqualTo(ofRedefined);
      if (!sealed) {
        assertThat(redefined.why()).contains("views show cube 'traffic' as it was");
      }
    }
  }

  private static DeclaredCubes cubes(boolean redefined) {
    return new DeclaredCubes(
        new String[] {"traffic"},
        new String[] {"h"},
        new long[1],
        new long[1],
        new boolean[] {redefined});
  }

  private static Kind choose(Damage... damages) {
    return remedy(damages).kind();
  }

  private static Remedy remedy(Damage... damages) {
    return new ChooseRemedies(CUBES, new AuditReport(List.of(damages), List.of(), List.of()))
        .of(hour(false));
  }

  private static Kind choose(DamagedHour hour, Damage... damages) {
    return new ChooseRemedies(CUBES, new AuditReport(List.of(damages), List.of(), List.of()))
        .of(hour)
        .kind();
  }

  private static DamagedHour hour(boolean sealed) {
    return new DamagedHour(
        HOUR,
        sealed,
        sealed ? 0 : 5,
        sealed ? 0 : 2,
        List.of(new Arrival(10, 1, sealed), new Arrival(20, 2, sealed), new Arrival(30, 3, sealed)),
        List.of(new OfCube(0, List.of(new Version(5, 2), new Version(4, 1)), Set.of(2L, 3L))));
  }

  private static FileDamage arrivals(long file) {
    return file(file, ArchiveKind.ARRIVALS, "arrivals/a.parquet", HOUR);
  }

  private static FileDamage compacted(long version) {
    return file(
        100 + version, ArchiveKind.HOURS, "hours/event_hour=01/v" + version + "-0.parquet", HOUR);
  }

  private static FileDamage file(long file, ArchiveKind kind, String path, long hour) {
    return new FileDamage(file, kind, path, hour, 1, "is gone");
  }

  private static RowDamage rows(RowLayer layer, long tag) {
    return new RowDamage(0, layer, "t", HOUR, tag, 1, "were altered");
  }
}
