package dev.weir.batch.audit;

import dev.weir.batch.db.Snapshot;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourRange;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.wording.Counted;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Compares everything with what was noted of it, and changes nothing.
 *
 * <pre>
 * in one snapshot: ledger and manifest with the journal, the chain of commits, counters,
 *                  coverage and compactions, rows of the cubes with their digests
 * then:            every listed file, read to its end; files that nothing lists
 * </pre>
 *
 * Ledger, manifest and counters are compared as a whole; files and rows of the range's event hours.
 */
public final class Audit {
  private final Connection connection;
  private final Declaration declaration;
  private final DeclaredCubes cubes;
  private final URI archive;
  private final Supplier<JavaSparkContext> spark;
  private final Clock clock;
  private final Consumer<String> step;

  private final List<Damage> damages = new ArrayList<>();
  private final List<Check> agreed = new ArrayList<>();

  /**
   * @param connection in auto-commit mode; its session holds the run's lock
   * @param spark asked for when there are files; not closed here
   * @param step told what is being done
   */
  public Audit(
      Connection connection,
      Declaration declaration,
      DeclaredCubes cubes,
      URI archive,
      Supplier<JavaSparkContext> spark,
      Clock clock,
      Consumer<String> step) {
    this.connection = connection;
    this.declaration = declaration;
    this.cubes = cubes;
    this.archive = archive;
    this.spark = spark;
    this.clock = clock;
    this.step = step;
  }

  /**
   * Compares all.
   *
   * @throws ArchiveAwayException if files seem damaged only because the archive was away
   */
  public AuditReport everything(HourRange range)
      throws SQLException, IOException, ArchiveAwayException {
    start();
    Snapshot.of(
        connection,
        () -> {
          notes(range);
          counts();
          rows(range);
        });
    step.accept("reading every file of the archive");
    VerifyArchive files = new VerifyArchive(connection, archive, spark);
    files.verify(range);
    add(
        files.damages(),
        Check.agreed(
            CheckName.ARCHIVE_COMPLETE, null, Counted.of(files.files(), "file"), files.rows()));
    step.accept("looking for files that nothing lists");
    List<Check> unlisted =
        new FindUnlistedFiles(connection, ArchiveStore.of(archive)).find(clock.instant());
    return new AuditReport(damages, unlisted, agreed);
  }

  /** Compares only ledger, manifest and what the batch layer noted of its own work. */
  public AuditReport noted(HourRange range) throws SQLException {
    start();
    Snapshot.of(connection, () -> notes(range));
    return new AuditReport(damages, List.of(), agreed);
  }

  private void start() {
    damages.clear();
    agreed.clear();
  }

  private void notes(HourRange range) throws SQLException {
    step.accept("comparing ledger and manifest with the journal");
    long commits = number("SELECT count(*) FROM weir.ledger");
    add(
        CheckLedger.find(connection),
        Check.agreed(CheckName.LEDGER, null, Counted.of(commits, "commit"), commits));
    damages.addAll(new CheckCoverage(connection, range).find(cubes));
  }

  private void counts() throws SQLException {
    for (Check check : CheckCounts.of(connection)) {
      if (check.agrees()) {
        agreed.add(check);
      } else {
        damages.add(new CountDamage(check));
      }
    }
  }

  private void rows(HourRange range) throws SQLException {
    step.accept("comparing the cubes' rows with their digests");
    CheckRows rows = new CheckRows(connection, declaration.pipeline(), range);
    List<RowDamage> found = rows.find();
    int tables = declaration.pipeline().cubes().size() * RowLayer.values().length;
    add(found, Check.agreed(CheckName.ROWS_UNALTERED, null, tables + " tables", rows.rows()));
  }

  private void add(List<? extends Damage> found, Check otherwise) {
    damages.addAll(found);
    if (found.isEmpty()) {
      agreed.add(otherwise);
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
