package dev.weir.batch.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionITCase {
  private TestDatabase database;

  @BeforeEach
  void start() {
    database = TestDatabase.empty();
    database.execute("CREATE TABLE notes (note text CHECK (note <> 'bad'))");
    database.execute("CREATE TABLE late (note text PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)");
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void commitsAllOrNothing() throws SQLException {
    try (Connection connection = database.connect()) {
      Transaction.<SQLException>run(connection, () -> insert(connection, "notes", "good"));
      assertThatThrownBy(
              () ->
                  Transaction.<SQLException>run(
                      connection,
                      () -> {
                        insert(connection, "notes", "better");
                        insert(connection, "notes", "bad");
                      }))
          .isInstanceOf(SQLException.class)
          .isNotInstanceOf(UnknownOutcomeException.class);
      assertThat(connection.getAutoCommit()).isTrue();
    }
    assertThat(database.query("SELECT string_agg(note, ' ') FROM notes")).isEqualTo("good");
  }

  @Test
  void aCommitThatTheDatabaseRefusesHasNotHappened() throws SQLException {
    try (Connection connection = database.connect()) {
      assertThatThrownBy(
              () ->
                  Transaction.<SQLException>run(
                      connection,
                      () -> {
                        insert(connection, "late", "twice");
                        insert(connection, "late", "twice");
                      }))
          .isInstanceOf(SQLException.class)
          .isNotInstanceOf(UnknownOutcomeException.class);
    }
  }

  @Test
  void saysThatTheOutcomeIsUnknownIfTheConnectionIsLostDuringTheCommit() throws SQLException {
    try (Connection connection = database.connect()) {
      assertThatThrownBy(
              () ->
                  Transaction.<SQLException>run(
                      connection,
                      () -> {
                        insert(connection, "notes", "good");
                        database.execute(
                            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                      }))
          .isInstanceOf(UnknownOutcomeException.class)
          .hasMessageStartingWith("the connection was lost during COMMIT: ");
    }
  }

  @Test
  void theServersPatienceWithAnIdleSessionEndsWithTheTransaction() throws SQLException {
    try (Connection connection = database.connect()) {
      List<String> limits = new ArrayList<>();
      Transaction.<SQLException>run(
          connection,
          () -> {
            Transaction.limitIdleness(connection);
            limits.add(idleLimit(connection));
          });
      limits.add(idleLimit(connection));
      assertThat(limits).containsExactly("30s", "0");
    }
  }

  private static String idleLimit(Connection connection) throws SQLException {
    try (Statement show = connection.createStatement();
        ResultSet row = show.executeQuery("SHOW idle_in_transaction_session_timeout")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void insert(Connection connection, String table, String note) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO " + table + " VALUES ('" + note + "')");
    }
  }
}
