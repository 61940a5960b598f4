package dev.weir.batch.recompute;

import dev.weir.archive.ArchiveFile;
import dev.weir.batch.read.FileTally;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.reconcile.CompareWithSpeed;
import dev.weir.batch.reconcile.SpeedRows;
import dev.weir.batch.reconcile.VerifyFiles;
import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.wording.Counted;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** One event hour: verify, reconcile, and write its rows if it may be published. */
final class HourWork {
  private final RunPlan plan;
  private final HourPlan hour;
  private final Pipeline pipeline;
  private final List<BucketResult> buckets;
  private final List<Check> checks = new ArrayList<>();

  HourWork(RunPlan plan, int hour, List<BucketResult> buckets) {
    this.plan = plan;
    this.hour = plan.hours().get(hour);
    this.pipeline = plan.declaration().pipeline();
    this.buckets = buckets;
  }

  HourOutcome run(Connection connection) throws SQLException, IOException {
    List<FileTally> tallies = buckets.stream().flatMap(b -> b.tallies().stream()).toList();
    checks.addAll(VerifyFiles.of(plan, hour, tallies));
    checks.add(compaction(tallies));
    boolean passed = checks.stream().allMatch(Check::agrees);
    if (passed) {
      passed = recompute(connection);
    }
    Map<String, Long> arrivals = new HashMap<>();
    buckets.forEach(b -> b.arrivals().forEach((s, n) -> arrivals.merge(s, n, Long::sum)));
    return new HourOutcome(
        hour.index(),
        passed,
        checks,
        buckets.stream().mapToLong(BucketResult::rows).sum(),
        buckets.stream().mapToLong(BucketResult::duplicates).sum(),
        compacted(),
        arrivals,
        0);
  }

  private List<ArchiveFile> compacted() {
    return buckets.stream().map(BucketResult::compacted).filter(Objects::nonNull).toList();
  }

  /** Every row that was read is in the compacted files or a dropped duplicate. */
  private Check compaction(List<FileTally> tallies) {
    long read = tallies.stream().mapToLong(FileTally::rowHash).sum();
    long rowsRead = tallies.stream().mapToLong(FileTally::rows).sum();
    long rows = buckets.stream().mapToLong(BucketResult::rows).sum();
    long kept = buckets.stream().mapToLong(b -> b.inputHash() - b.droppedHash()).sum();
    long dropped = buckets.stream().mapToLong(BucketResult::droppedHash).sum();
    long written =
        hour.compacts()
            ? compacted().stream()
                .flatMap(file -> file.hours().stream())
                .mapToLong(ArchiveFile.HourEntry::hashSum)
                .sum()
            : kept;
    if (rows == rowsRead && written == read - dropped && kept == written) {
      return Check.agreed(CheckName.COMPACTION, hour.hourMillis(), subject(), rows);
    }
    return Check.differs(
        CheckName.COMPACTION,
        hour.hourMillis(),
        subject(),
        rows,
        "the hash sum of the compacted rows is not that of the "
            + rowsRead
            + " rows read less the dropped duplicates");
  }

  private String subject() {
    return Counted.of(compacted().size(), "compacted file");
  }

  private boolean recompute(Connection connection) throws SQLException, IOException {
    List<CubeSeries> recomputed = new ArrayList<>();
    boolean agreed = true;
    for (int i = 0; i < hour.cubes().size(); i++) {
      CubePlan cube = hour.cubes().get(i);
      CubeSeries fresh = part(i, BucketResult.CubeParts::fresh);
      if (cube.freshFrom() < plan.through()) {
        CubeSeries dropped = part(i, BucketResult.CubeParts::dropped);
        agreed &= reconcile(connection, cube, CubeSeries.sum(fresh, dropped));
      }
      recomputed.add(CubeSeries.sum(fresh, part(i, BucketResult.CubeParts::settled)));
    }
    if (!agreed && !plan.acceptDifferences()) {
      return false;
    }
    WriteCubeRows writer = new WriteCubeRows(connection, plan.version(), hour.hourMillis());
    for (int i = 0; i < hour.cubes().size(); i++) {
      writer.write(tables(hour.cubes().get(i)), recomputed.get(i));
    }
    return true;
  }

  private boolean reconcile(Connection connection, CubePlan cube, CubeSeries archived)
      throws SQLException {
    CubeTables tables = tables(cube);
    Check check =
        CompareWithSpeed.of(
            tables,
            hour.hourMillis(),
            "commits " + (cube.freshFrom() + 1) + " to " + plan.through(),
            archived.aggregates(),
            SpeedRows.read(
                connection,
                cube.cube(),
                tables,
                hour.hourMillis(),
                cube.freshFrom(),
                plan.through()));
    checks.add(check);
    return check.agrees();
  }

  private CubeSeries part(int cube, Function<BucketResult.CubeParts, CubeSeries> of) {
    int index = hour.cubes().get(cube).cube();
    CubeSeries merged = new CubeSeries(pipeline.cubes().get(index).layout());
    buckets.forEach(bucket -> merged.merge(of.apply(bucket.cubes().get(cube))));
    return merged;
  }

  private CubeTables tables(CubePlan cube) {
    return CubeTables.of(pipeline, pipeline.cubes().get(cube.cube()));
  }
}
