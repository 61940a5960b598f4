package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CubeTablesITCase {
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final Cube CUBE = PIPELINE.cubes().get(0);
  private static final CubeTables TABLES = CubeTables.of(PIPELINE, CUBE);

  private static TestDatabase database;

  @BeforeAll
  static void createDatabase() {
    database = TestDatabase.create(PIPELINE);
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @Test
  void ddlAppliesTwice() {
    long before = database.queryLong("SELECT count(*) FROM pg_class");
    database.declare(PIPELINE);
    database.migrate();
    assertThat(database.queryLong("SELECT count(*) FROM pg_class")).isEqualTo(before);
  }

  @Test
  void liveRowsAreKeptAsDeclaredInATableThatExisted() {
    String settings =
        "SELECT array_to_string(reloptions, ' ') FROM pg_class WHERE oid = '%s'::regclass"
            .formatted(TABLES.liveTable());
    String declared = database.query(settings);
    assertThat(declared).contains("fillfactor=50", "toast_tuple_target=4064");
    database.execute("ALTER TABLE " + TABLES.liveTable() + " RESET (toast_tuple_target)");
    database.declare(PIPELINE);
    assertThat(database.query(settings).split(" ")).containsExactlyInAnyOrder(declared.split(" "));
  }

  @Test
  void cubesAreDeclaredOnce() {
    assertThat(database.queryLong("SELECT count(*) FROM weir.cube WHERE current")).isEqualTo(2);
    assertThat(database.query("SELECT name FROM weir.pipeline")).isEqualTo("web");
  }

  @Test
  void tablesHaveTheAgreedColumns() {
    for (CubeTable table : CubeTable.values()) {
      List<String> agreed = new ArrayList<>(TABLES.columns(table));
      agreed.addAll(TABLES.computed(table).names());
      assertThat(columns(TABLES.table(table))).isEqualTo(String.join(",", agreed));
    }
    assertThat(columns(TABLES.batchHourTable()))
        .endsWith(",value_p50,value_p95,value_p99,user_id_distinct");
    assertThat(columns(TABLES.speedTable())).endsWith("_hll");
  }

  private static String columns(String table) {
    return database.query(
        """
        SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
        WHERE attnum > 0 AND NOT attisdropped AND attrelid = '%s'::regclass"""
            .formatted(table));
  }

  @Test
  void partitionsGetTheIndexesOfTheirParent() {
    database.execute(
        "SELECT weir.ensure_day('" + TABLES.speedTable() + "'::regclass, '2026-03-29')");
    assertThat(
            database.query(
                """
                SELECT string_agg(a.amname, ',' ORDER BY a.amname) FROM pg_index i
                JOIN pg_inherits h ON h.inhrelid = i.indexrelid
                JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
                WHERE i.indrelid = '%s_20260329'::regclass"""
                    .formatted(TABLES.speedTable())))
        .isEqualTo("brin,btree,btree");
  }

  @Test
  void twoSessionsMayEnsureTheSameDay() throws Exception {
    String ensure =
        "SELECT weir.ensure_day('" + TABLES.batchMinuteTable() + "'::regclass, '2026-04-01')";
    try (Connection first = database.connect();
        Connection second = database.connect()) {
      first.setAutoCommit(false);
      execute(first, ensure);
      String secondPid = value(second, "SELECT pg_backend_pid()");
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> execute(second, ensure));
      awaitLockWait(secondPid);
      assertThat(waiting).isNotDone();
      first.commit();
      waiting.get(20, TimeUnit.SECONDS);
    }
    assertThat(partitions("20260401")).isEqualTo(1);
  }

  @Test
  void ensuringADayDoesNotMakeReadersWait() throws Exception {
    try (Connection writer = database.connect()) {
      writer.setAutoCommit(false);
      execute(
          writer,
          "SELECT weir.ensure_day('" + TABLES.batchMinuteTable() + "'::regclass, '2026-04-02')");
      try (Connection reader = database.connect()) {
        execute(reader, "SET statement_timeout = '5s'");
        assertThat(value(reader, "SELECT count(*) FROM " + TABLES.batchMinuteTable()))
            .isEqualTo("0");
      }
      writer.rollback();
    }
    assertThat(partitions("20260402")).isZero();
  }

  @Test
  void daysAreUtcInAnySession() throws Exception {
    try (Connection session = database.connect()) {
      execute(session, "SET timezone = 'Pacific/Chatham'");
      execute(
          session,
          "SELECT weir.ensure_day('" + TABLES.batchHourTable() + "'::regclass, '2026-04-03')");
      execute(
          session,
          "INSERT INTO "
              + TABLES.batchHourTable()
              + " (version, event_hour, bucket, event_count, value_count, value_sum) SELECT 1, t, t,"
              + " 1, 0, 0 FROM (VALUES (timestamptz '2026-04-03T00:00Z'), ('2026-04-03T23:00Z'))"
              + " AS v (t)");
    }
    assertThat(database.queryLong("SELECT count(*) FROM " + TABLES.batchHourTable() + "_20260403"))
        .isEqualTo(2);
  }

  private static long partitions(String day) {
    return database.queryLong(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = '%s'::regclass AND inhrelid::regclass::text LIKE '%%_%s'"
            .formatted(TABLES.batchMinuteTable(), day));
  }

  /** Until that backend waits for a lock: then the second session has met the first. */
  private static void awaitLockWait(String pid) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (database.queryLong(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid = " + pid)
        == 0) {
      assertThat(System.nanoTime()).as("the second session waits").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
