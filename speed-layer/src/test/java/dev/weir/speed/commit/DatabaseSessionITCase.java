package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.TestDatabase;
import dev.weir.speed.commit.DatabaseAddress.Timeouts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that takes longer than its limits, and what a session asks of the server. */
class DatabaseSessionITCase {
  private TestDatabase database;
  private DatabaseAddress address;

  @BeforeEach
  void start() {
    database = TestDatabase.empty();
    address = CommitLogFixture.address(database);
    database.execute(
        """
        CREATE TABLE note (note text);
        CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END';
        CREATE TRIGGER slowly BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION slowly()""");
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void aStatementThatTheServerCancelsIsRepeatedWithTwiceTheTime() throws Exception {
    // On a busy machine there may be more tries, until the row takes less than the limit.
    assertThat(limitsOfEachTry(Duration.ofSeconds(60), Duration.ofMillis(300)))
        .startsWith("300ms", "600ms", "1200ms", "2400ms");
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsWaitedForTwiceAsLong() throws Exception {
    assertThat(limitsOfEachTry(Duration.ofSeconds(1), Duration.ofSeconds(45)))
        .startsWith("45s", "90s");
  }

  /**
   * Stores one slow row, and sees afterwards that it is there once and the limits are as before.
   */
  private List<String> limitsOfEachTry(Duration socket, Duration statement) throws Exception {
    DatabaseSession session =
        new DatabaseSession(
            address,
            "test",
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), new SplittableRandom(1)),
            new Timeouts(Duration.ofSeconds(5), socket, statement));
    List<String> limits = new ArrayList<>();
    try {
      session.transaction(
          "store a row",
          connection -> {
            limits.add(show(connection, "statement_timeout"));
            try (Statement insert = connection.createStatement()) {
              return insert.executeUpdate("INSERT INTO note VALUES ('slow')");
            }
          });
      assertThat(
              session.<String>transaction(
                  "look", connection -> show(connection, "statement_timeout")))
          .isEqualTo(limits.get(0));
      assertThat(database.queryLong("SELECT count(*) FROM note")).isEqualTo(1);
      return limits;
    } finally {
      session.disconnect();
    }
  }

  @Test
  void aConfirmedCommitIsOnDiskWhateverTheDatabaseIsSetTo() throws Exception {
    database.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off',"
            + " current_database()); END $$");
    try (Connection other = database.connect();
        Connection commit = address.connect(Timeouts.COMMIT, "test")) {
      assertThat(show(other, "synchronous_commit")).isEqualTo("off");
      assertThat(show(commit, "synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void aServerThatForgetsWhatItConfirmedIsNamed() throws Exception {
    try (Connection connection = address.connect(Timeouts.SHORT, "test")) {
      assertThat(show(connection, "fsync")).as("of the tests' server").isEqualTo("off");
      assertThat(Durability.warning(connection, address))
          .hasValueSatisfying(
              warning ->
                  assertThat(warning)
                      .startsWith("the PostgreSQL server of " + address + " runs with fsync = off")
                      .contains("events are missing for good", "postgresql.conf"));
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement show = connection.createStatement();
        ResultSet row = show.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
