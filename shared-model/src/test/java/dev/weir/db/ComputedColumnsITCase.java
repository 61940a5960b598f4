package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that tables get later, and what digests say of them. */
class ComputedColumnsITCase {
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final CubeTables TABLES = CubeTables.of(PIPELINE, PIPELINE.cubes().get(0));
  private static final String TABLE = TABLES.batchMinuteTable();
  private static final String WITHOUT =
      "ALTER TABLE %s DROP COLUMN value_p95, DROP COLUMN user_id_distinct".formatted(TABLE);

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.create(PIPELINE);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  /** As a table of before, or of a declaration with fewer percentiles. */
  @Test
  void aTableGetsThoseThatItLacks() {
    database.execute(WITHOUT);

    database.declare(PIPELINE);

    assertThat(
            database.query(
                """
                SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
                WHERE attnum > 0 AND NOT attisdropped AND attrelid = '%s'::regclass"""
                    .formatted(TABLE)))
        .endsWith(" user_id_hll value_p50 value_p99 value_p95 user_id_distinct");
  }

  @Test
  void noneIsAddedDuringARunOfTheBatchLayer() throws SQLException {
    database.execute(WITHOUT);
    try (Connection run = database.connect()) {
      execute(run, "SELECT pg_advisory_lock_shared(hashtextextended('weir.batch_run', 0))");

      assertThatThrownBy(() -> database.declare(PIPELINE))
          .hasStackTraceContaining("a run of the batch layer is at work")
          .hasStackTraceContaining("Wait until it has ended, then migrate again.");
    }
  }

  /** Whoever reads one goes on. */
  @Test
  void aTableThatLacksNoneIsNotLocked() throws SQLException {
    try (Connection reader = database.connect();
        Connection declaring = database.connect()) {
      reader.setAutoCommit(false);
      execute(reader, "LOCK TABLE " + TABLE + " IN ACCESS SHARE MODE");
      execute(declaring, "SET lock_timeout = '5s'");
      for (String statement : TABLES.ddl()) {
        execute(declaring, statement);
      }
    }
  }

  @Test
  void digestsHoldWhereColumnsAreAdded() {
    database.execute(WITHOUT);
    insert("value_p99", "100");
    String before = digest();

    database.declare(PIPELINE);

    assertThat(digest()).isEqualTo(before);
  }

  /** Those were hashes of whole rows. */
  @Test
  void digestsHoldThatWereNotedBeforeThereWereAny() {
    database.execute(
        WITHOUT + "; ALTER TABLE %s DROP COLUMN value_p50, DROP COLUMN value_p99".formatted(TABLE));
    insert("value_min", "3");
    String before =
        database.query("SELECT bit_xor(hash_record_extended(t, 0)) FROM " + TABLE + " AS t");

    database.declare(PIPELINE);

    assertThat(digest()).isEqualTo(before);
    database.execute("UPDATE " + TABLE + " SET value_p95 = 3");
    assertThat(digest()).isNotEqualTo(before);
  }

  /** Neither does a question wait for the migration for long, nor the migration in vain. */
  @Test
  void columnsAreAddedOnceALongQuestionHasEnded() throws Exception {
    database.execute(WITHOUT);
    try (Connection reader = database.connect();
        Connection another = database.connect()) {
      reader.setAutoCommit(false);
      execute(reader, "SELECT count(*) FROM " + TABLE);
      CompletableFuture<Void> declared =
          CompletableFuture.runAsync(() -> database.declare(PIPELINE));
      awaitLockWait();
      execute(another, "SET statement_timeout = '10s'");
      execute(another, "SELECT count(*) FROM " + TABLE);
      assertThat(declared).isNotDone();
      reader.rollback();
      declared.get(60, TimeUnit.SECONDS);
    }
  }

  private void awaitLockWait() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (database.queryLong(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND datname = current_database()")
        == 0) {
      assertThat(System.nanoTime()).as("the migration waits").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value_p95 = value_p95 + 1 WHERE event_count = 1",
        "value_p95 = NULL WHERE event_count = 1",
        "value_p95 = NULL",
        "value_p95 = value_p99, value_p99 = value_p95",
        "value_p95 = 11 - value_p95",
        "user_id_distinct = value_p50, value_p50 = user_id_distinct",
      })
  void digestsAreOfWhatIsComputed(String altered) {
    insert("value_p95, value_p99, value_p50", "event_count + 4, 7, 1");
    String before = digest();

    database.execute("UPDATE " + TABLE + " SET " + altered);

    assertThat(digest()).isNotEqualTo(before);
  }

  /** Two rows that differ in their number of events, 1 and 2. */
  private void insert(String columns, String values) {
    database.query("SELECT weir.ensure_day('%s'::regclass, date '2026-03-01')".formatted(TABLE));
    database.execute(
        """
        INSERT INTO %s (version, event_hour, bucket, event_count, value_count, value_sum, %s)
        SELECT 1, '2026-03-01T10:00Z', '2026-03-01T10:07Z', event_count, 0, 0, %s
        FROM generate_series(1, 2) AS g (event_count)"""
            .formatted(TABLE, columns, values));
  }

  private String digest() {
    return database.query(
        "SELECT hash FROM weir.row_digests('minute', '%s', '%s', ARRAY[timestamptz '2026-03-01T10:00Z'])"
            .formatted(TABLES.cube().name(), TABLES.cube().definitionHash()));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
