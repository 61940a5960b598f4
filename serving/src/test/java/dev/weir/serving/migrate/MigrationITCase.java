package dev.weir.serving.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Migration of empty, current, changed and foreign databases. */
class MigrationITCase {
  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.empty();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void runsAgainWithoutChangingAnything() {
    migrate("event_type");
    String before = database.query("SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_class");
    migrate("event_type");

    assertThat(database.query("SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_class"))
        .isEqualTo(before);
    assertThat(database.query("SELECT count(*) FROM weir.cube WHERE current")).isEqualTo("1");
  }

  @Test
  void rowsStayWhereAnotherPercentileIsDeclared() {
    String declaration = ShopDeclaration.by("event_type").replace("[sum]", "[p95]");
    migrationTo(declaration).run();
    database.execute(
        "INSERT INTO weir.roll_up SELECT cube, definition_hash, '2026-03-01T10:00:00Z', 0, 0, 1, true FROM weir.cube");

    migrationTo(declaration.replace("[p95]", "[p95, p99]")).run();

    assertThat(database.query("SELECT count(*) FROM weir.roll_up")).isEqualTo("1");
    assertThat(
            database.query(
                """
                SELECT string_agg(DISTINCT tables.schema || ': ' || tables.columns, ', ')
                FROM (
                  SELECT c.table_schema AS schema, string_agg(c.column_name, ' ' ORDER BY c.ordinal_position) AS columns
                  FROM information_schema.columns AS c
                  WHERE c.table_schema IN ('batch', 'rollup') AND c.column_name ~ '^value_p'
                  GROUP BY c.table_schema, c.table_name
                ) AS tables"""))
        .isEqualTo("batch: value_p95 value_p99, rollup: value_p95 value_p99");
  }

  @Test
  void leavesAViewThatOthersOfAnOlderReleaseRead() {
    migrate("event_type");
    database.execute(
        "CREATE VIEW weir.rolled_up_through AS SELECT 1 AS commit;"
            + " CREATE VIEW serving.of_then AS SELECT commit FROM weir.rolled_up_through;"
            + " COMMENT ON VIEW weir.roll_up_state IS 'of then'");

    migrate("event_type");

    assertThat(database.query("SELECT commit FROM serving.of_then")).isEqualTo("1");
    database.execute("DROP VIEW serving.of_then; COMMENT ON VIEW weir.roll_up_state IS 'of then'");

    migrate("event_type");

    assertThat(database.query("SELECT coalesce(to_regclass('weir.rolled_up_through')::text, '-')"))
        .isEqualTo("-");
  }

  @Test
  void neitherWaitsForReadersNorHoldsThemUpWhenNothingChanged() throws Exception {
    migrate("event_type");
    try (Connection reader = database.connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      for (String view :
          List.of(
              "serving.traffic_hour",
              "rollup.traffic_total_hour",
              "serving.freshness",
              "serving.reconciliation",
              "serving.disagreements",
              "serving.conservation",
              "serving.dead_letters",
              "serving.sealed_hours")) {
        statement.executeQuery("SELECT * FROM " + view).close();
      }

      migrate("event_type");
    }
  }

  @Test
  void twoAtATimeTakeTurns() {
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> migrate("event_type"));
    migrate("event_type");
    other.join();

    assertThat(database.query("SELECT count(*) FROM weir.cube")).isEqualTo("1");
  }

  @Test
  void refusesADatabaseOfAnotherPipeline() {
    migrate("event_type");
    String declaration =
        ShopDeclaration.by("event_type").replace("pipeline: shop", "pipeline: bank");

    assertThatThrownBy(() -> migrationTo(declaration).run())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "this database belongs to the pipeline shop, not to bank: name another database in --database.url, or give this"
                + " pipeline its old name back");
    assertThat(database.query("SELECT name FROM weir.pipeline")).isEqualTo("shop");
  }

  @Test
  void saysWhatToCheckWhenTheServerIsNotThere() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/weir");
    String declaration = ShopDeclaration.by("event_type");

    assertThatThrownBy(
            () -> new Migration(nowhere, PipelineReader.read(declaration), declaration).run())
        .isInstanceOf(MigrationException.class)
        .hasMessageStartingWith("the database of pipeline shop could not be brought up to date: ")
        .hasMessageEndingWith("; check --database.url and that the server runs");
  }

  @Test
  void aChangedCubeShowsItsOldDefinitionUntilTheNewOneIsCovered() {
    migrate("event_type");
    database.execute("UPDATE weir.head SET commit = 10, last_commit = 10");
    database.execute(
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit) VALUES ('a', 'arrivals', 1, 1, 9)");
    database.execute(
        "INSERT INTO weir.archive_manifest SELECT file_id, '2026-03-01T10:00:00Z', 1, 1 FROM weir.archive_file");
    Cube changed = migrate("event_type, country");
    assertThat(dimensions()).isEqualTo("event_type");
    assertThat(database.query("SELECT since_commit FROM weir.cube WHERE current")).isEqualTo("10");
    assertThat(completeThrough()).isEqualTo("0");

    Migration again = migration("event_type, country");
    database.execute(
        "INSERT INTO weir.batch_run (kind, state, through_commit) VALUES ('run', 'published', 8)");
    cover(changed, 8);
    again.switchViews();
    assertThat(dimensions()).as("commit 9 is missing").isEqualTo("event_type");
    assertThat(completeThrough()).isEqualTo("0");

    cover(changed, 9);
    again.switchViews();
    assertThat(dimensions()).isEqualTo("event_type,country");
    assertThat(completeThrough()).as("it lacks nothing any more").isNull();
  }

  @Test
  void viewsOfWhatIsNotDeclaredAnyMoreAreDropped() {
    migrate("event_type, country");
    database.execute("CREATE VIEW public.own AS SELECT * FROM rollup.traffic_by_country_hour");
    String declaration = ShopDeclaration.by("event_type").replace("name: traffic", "name: visits");

    migrationTo(declaration).run();

    assertThat(
            database.query(
                """
                SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
                WHERE relkind = 'v' AND relnamespace IN ('serving'::regnamespace, 'rollup'::regnamespace)
                  AND relname ~ '^(traffic|visits)_'"""))
        .as("but for the one that somebody's own view reads")
        .isEqualTo(
            "traffic_by_country_hour visits_day visits_hour visits_minute visits_total_day"
                + " visits_total_hour visits_total_minute");
  }

  @Test
  void aDefinitionThatComesBackHasMissedTheCommitsInBetween() {
    migrate("event_type");
    database.execute("UPDATE weir.head SET commit = 10, last_commit = 10");
    migrate("event_type, country");
    // A commit that has no rows of it, and many more.
    database.execute("UPDATE weir.cube SET since_commit = 11 WHERE NOT current");
    database.execute("UPDATE weir.head SET commit = 20, last_commit = 20");
    database.execute("UPDATE weir.cube SET since_commit = 20 WHERE NOT current");
    database.execute(
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit) VALUES ('a', 'arrivals', 1, 1, 15)");
    database.execute(
        "INSERT INTO weir.archive_manifest SELECT file_id, '2026-03-01T10:00:00Z', 1, 1 FROM weir.archive_file");
    Cube back = migrate("event_type");

    assertThat(database.query("SELECT since_commit FROM weir.cube WHERE current")).isEqualTo("20");
    assertThat(completeThrough()).as("it is shown, and lacks commit 15").isEqualTo("10");

    database.execute(
        "INSERT INTO weir.batch_run (kind, state, through_commit) VALUES ('run', 'published', 20)");
    cover(back, 20);
    migration("event_type").switchViews();
    assertThat(completeThrough()).isNull();
  }

  @Test
  void aFormerDefinitionThatHasLostHoursIsNotShownWhenItComesBack() {
    Cube former = migrate("event_type");
    database.execute("UPDATE weir.head SET commit = 10, last_commit = 10");
    database.execute(
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit) VALUES ('a', 'arrivals', 1, 1, 9)");
    database.execute(
        "INSERT INTO weir.archive_manifest SELECT file_id, '2026-03-01T10:00:00Z', 1, 1 FROM weir.archive_file");
    database.execute(
        "INSERT INTO weir.batch_run (kind, state, through_commit) VALUES ('run', 'published', 10)");
    cover(former, 10);
    Cube changed = migrate("event_type, country");
    cover(changed, 10);
    migration("event_type, country").switchViews();
    assertThat(dimensions()).isEqualTo("event_type,country");

    // A rewind that found no version to serve.
    database.execute(
        "DELETE FROM weir.coverage WHERE definition_hash = '" + former.definitionHash() + "'");
    migrate("event_type");
    assertThat(dimensions()).isEqualTo("event_type,country");

    cover(former, 10);
    migration("event_type").switchViews();
    assertThat(dimensions()).isEqualTo("event_type");
  }

  @Test
  void aDefinitionStartsAfterACommitThatIsUnderWay() throws Exception {
    migrate("event_type");
    CompletableFuture<Void> migration;
    try (Connection commit = database.connect();
        Statement statement = commit.createStatement()) {
      commit.setAutoCommit(false);
      statement.execute("UPDATE weir.head SET commit = 1, last_commit = 1");
      migration = CompletableFuture.runAsync(() -> migrate("event_type, country"));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  migration.isDone()
                      || database
                          .query(
                              "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                  + " AND datname = current_database()")
                          .equals("1"));
      commit.commit();
    }
    migration.join();

    assertThat(database.query("SELECT since_commit FROM weir.cube WHERE current")).isEqualTo("1");
  }

  @Test
  void saysWhatToDoAboutAViewThatDependsOnOneThatMustBeReplaced() {
    migrate("event_type");
    database.execute("CREATE VIEW public.mine AS SELECT * FROM serving.traffic_minute");

    assertThatThrownBy(() -> migrate("event_type, country"))
        .isInstanceOf(MigrationException.class)
        .hasMessageStartingWith(
            "the database of pipeline shop could not be brought up to date: ERROR: cannot drop view serving.traffic_minute")
        .hasMessageContaining("view mine depends on view serving.traffic_minute")
        .hasMessageEndingWith(
            "; another view depends on a merged view: drop it, migrate again and create it anew");
    assertThat(dimensions()).isEqualTo("event_type");

    database.execute("DROP VIEW public.mine");
    migrate("event_type, country");
    assertThat(dimensions()).isEqualTo("event_type,country");
  }

  @Test
  void aDeclarationThatWasNotMigratedChangesNoView() {
    migrate("event_type");

    migration("event_type, country").switchViews();

    assertThat(dimensions()).isEqualTo("event_type");
  }

  @Test
  void explainsEveryViewAndColumn() {
    migrate("event_type");

    assertThat(
            database.query(
                """
                SELECT string_agg(c.relname || '.' || a.attname, ' ')
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = 'serving'::regnamespace AND c.relname LIKE 'traffic%' AND a.attnum > 0
                  AND col_description(c.oid, a.attnum) IS NULL"""))
        .isNull();
    assertThat(
            database.query(
                "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'serving'::regnamespace"
                    + " AND obj_description(oid, 'pg_class') IS NULL"))
        .isNull();
  }

  private void cover(Cube cube, long through) {
    database.execute(
        "INSERT INTO weir.coverage VALUES ('traffic', '"
            + cube.definitionHash()
            + "', '2026-03-01T10:00:00Z', 1, "
            + through
            + ") ON CONFLICT (cube, definition_hash, event_hour) DO UPDATE SET absorbed_through = excluded.absorbed_through");
  }

  private String completeThrough() {
    return database.query("SELECT complete_through FROM weir.cube WHERE current");
  }

  private String dimensions() {
    return database.query(
        "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute"
            + " WHERE attrelid = 'serving.traffic_minute'::regclass AND attname IN ('event_type', 'country')");
  }

  private Migration migration(String dimensions) {
    return migrationTo(ShopDeclaration.by(dimensions));
  }

  private Migration migrationTo(String declaration) {
    return new Migration(database.dataSource(), PipelineReader.read(declaration), declaration);
  }

  private Cube migrate(String dimensions) {
    migration(dimensions).run();
    Pipeline pipeline = PipelineReader.read(ShopDeclaration.by(dimensions));
    return pipeline.cubes().get(0);
  }
}
