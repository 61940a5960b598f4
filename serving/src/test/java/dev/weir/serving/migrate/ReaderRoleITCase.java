package dev.weir.serving.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.SamplePipeline;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a login can do that weir.create_reader has made. */
class ReaderRoleITCase {
  private static final String LOGIN = "report reader";

  private static Pipeline pipeline;
  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    pipeline = SamplePipeline.web();
    database = TestDatabase.empty();
    new Migration(database.dataSource(), pipeline, "declared").run();
    assertThat(database.query("SELECT weir.create_reader('" + LOGIN + "')"))
        .isEqualTo(LOGIN + " may log in and read; give it a password: \\password " + LOGIN);
  }

  @AfterAll
  static void drop() {
    // Roles are of the server, which other tests use.
    database.execute("DROP ROLE \"" + LOGIN + "\"");
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT bucket, value_p95, user_id_distinct FROM traffic_minute",
        "SELECT * FROM serving.traffic_day",
        "SELECT * FROM rollup.traffic_total_hour",
        "SELECT weir.percentile(weir.merge(value_sketch), 0.95, 4), weir.count_distinct(user_id_hll) FROM traffic_hour",
        "SELECT * FROM serving.freshness",
        "SELECT * FROM serving.disagreements",
        "SELECT * FROM serving.conservation",
        "SELECT * FROM serving.dead_letters",
        "SELECT * FROM serving.sealed_hours",
        "SELECT * FROM serving.reconciliation_check",
        "SELECT weir.rolled_up_through('traffic', 'any', 1)"
      })
  void mayReadWhatIsServed(String query) {
    assertThatCode(() -> execute(query)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM weir.ledger",
        "SELECT * FROM weir.roll_up_in_use",
        "SELECT raw FROM weir.dead_letter_sample",
        "SELECT weir.create_reader('another')",
        "SELECT weir.ensure_day('weir.ledger', '2026-01-01')",
        "SELECT weir.note_digests('speed', 'traffic', 'x', '{}')",
      })
  void mayNotReadOrCallWhatIsTheLayersOwn(String query) {
    assertThatThrownBy(() -> execute(query)).hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM weir.ledger",
        "UPDATE weir.head SET commit = 0",
        "INSERT INTO serving.traffic_minute (event_count) VALUES (1)",
        "TRUNCATE weir.coverage",
        "DROP VIEW serving.traffic_minute",
        "CREATE TABLE serving.mine (a int)",
      })
  void mayNotWriteEvenIfItsSessionWould(String statement) {
    assertThatThrownBy(() -> execute(statement))
        .hasMessageMatching("(?s).*(read-only transaction|cannot insert into view).*");
    assertThatThrownBy(() -> execute("BEGIN READ WRITE; " + statement))
        .hasMessageMatching("(?s).*(must be owner|permission denied|cannot insert into view).*");
  }

  @Test
  void isCutOffByTheTimeOut() throws SQLException {
    assertThat(setting("statement_timeout")).isEqualTo("30s");
    assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("1min");
    assertThat(setting("lock_timeout")).isEqualTo("5s");
    assertThat(setting("work_mem")).isEqualTo("32MB");
    assertThat(setting("default_transaction_isolation")).isEqualTo("repeatable read");
    assertThat(setting("jit")).isEqualTo("off");
    assertThat(setting("default_transaction_read_only")).isEqualTo("on");
    database.execute("ALTER ROLE \"" + LOGIN + "\" SET statement_timeout = '100ms'");
    try {
      assertThatThrownBy(() -> execute("SELECT count(*) FROM generate_series(1, 1000000000)"))
          .hasMessageContaining("canceling statement due to statement timeout");
    } finally {
      database.execute("ALTER ROLE \"" + LOGIN + "\" SET statement_timeout = '30s'");
    }
  }

  @Test
  void mayStillReadViewsThatWereReplaced() {
    database.execute("DROP VIEW serving.traffic_hour");
    new Migration(database.dataSource(), pipeline, "declared").run();

    assertThatCode(() -> execute("SELECT * FROM serving.traffic_hour")).doesNotThrowAnyException();
  }

  /** An older release takes every function that it does not know for one of the layers' own. */
  @Test
  void mayReadBesideAnOlderRelease() throws SQLException {
    database.execute(
        "REVOKE EXECUTE ON FUNCTION weir.rolled_up_through(text, text, bigint) FROM PUBLIC");

    assertThatCode(() -> execute("SELECT * FROM serving.traffic_hour")).doesNotThrowAnyException();

    new Migration(database.dataSource(), pipeline, "declared").run();
    // For logins that were granted single views.
    assertThat(
            database.query(
                "SELECT has_function_privilege('public', 'weir.rolled_up_through(text, text, bigint)', 'EXECUTE')"))
        .isEqualTo("t");
  }

  @Test
  void aMigrationWithoutTheRightToCreateRolesStillWorks() throws SQLException {
    try (TestDatabase other = TestDatabase.empty()) {
      database.execute("CREATE ROLE owner_without_roles LOGIN");
      String name = other.query("SELECT current_database()");
      other.execute("ALTER DATABASE " + name + " OWNER TO owner_without_roles");
      org.postgresql.ds.PGSimpleDataSource source = new org.postgresql.ds.PGSimpleDataSource();
      source.setUrl(other.jdbcUrl());
      source.setUser("owner_without_roles");
      new Migration(source, pipeline, "declared").run();

      assertThat(
              other.query(
                  "SELECT has_table_privilege('weir_reader', 'serving.traffic_day', 'SELECT')"))
          .isEqualTo("t");
      assertThatThrownBy(
              () -> {
                try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                  statement.execute("SELECT weir.create_reader('nobody')");
                }
              })
          .hasMessageContaining("permission denied to create role");
    } finally {
      database.execute("DROP ROLE owner_without_roles");
    }
  }

  private static String setting(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), LOGIN, "");
  }
}
