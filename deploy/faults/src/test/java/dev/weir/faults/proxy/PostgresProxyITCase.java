package dev.weir.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.db.TestDatabase;
import java.io.StringReader;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The proxy before a real server, with the driver that the product uses. */
class PostgresProxyITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private TestDatabase database;
  private String name;
  private PostgresProxy proxy;

  @BeforeEach
  void start() {
    database = TestDatabase.empty();
    database.execute("CREATE TABLE t (n int)");
    URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    name = server.getPath().substring(1);
    proxy = PostgresProxy.before(server.getPort());
  }

  @AfterEach
  void end() {
    proxy.close();
    database.close();
  }

  private Connection connect(String application) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("loginTimeout", "3");
    return DriverManager.getConnection(proxy.jdbcUrl(name), properties);
  }

  private static void insert(Connection connection, int n) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, n);
      insert.executeUpdate();
    }
  }

  private long rows() {
    return database.queryLong("SELECT count(*) FROM t");
  }

  @Test
  void everythingPassesAndSessionsAreNamed() throws Exception {
    try (Connection connection = connect("writer")) {
      connection.setAutoCommit(false);
      // Often enough for the driver to name its prepared statement.
      for (int n = 0; n < 20; n++) {
        insert(connection, n);
      }
      String lines = "1\n".repeat(200_000);
      long copied =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY t FROM STDIN", new StringReader(lines));
      assertThat(copied).isEqualTo(200_000);
      try (PreparedStatement batch = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        for (int n = 0; n < 5_000; n++) {
          batch.setInt(1, n);
          batch.addBatch();
        }
        assertThat(batch.executeBatch()).hasSize(5_000);
      }
      connection.commit();
      assertThat(proxy.sessions()).extracting(Session::application).containsExactly("writer");
    }
    assertThat(rows()).isEqualTo(205_020);
    await().atMost(PATIENCE).until(() -> proxy.sessions().isEmpty());
  }

  @Test
  void beforeTheCommitTheSessionIsCutAndNothingIsThere() throws Exception {
    Armed armed = proxy.arm(Trigger.before("^COMMIT", (session, next) -> Verdict.CUT).by("writer"));
    try (Connection connection = connect("writer")) {
      connection.setAutoCommit(false);
      insert(connection, 1);
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }
    assertThat(armed.await(PATIENCE)).isTrue();
    assertThat(rows()).isZero();
  }

  @Test
  void afterTheCommitTheSessionIsCutAndEverythingIsThere() throws Exception {
    Armed armed = proxy.arm(Trigger.after("^COMMIT", (session, done) -> Verdict.CUT).by("writer"));
    try (Connection connection = connect("writer")) {
      connection.setAutoCommit(false);
      insert(connection, 1);
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }
    assertThat(armed.await(PATIENCE)).isTrue();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aTriggerLooksAtEveryStatementOfTheRoundTripAndAtTheApplication() throws Exception {
    Armed armed = proxy.arm(Trigger.before("INTO t", (s, next) -> Verdict.CUT).by("^other$"));
    try (Connection writer = connect("writer");
        Connection other = connect("other")) {
      insert(writer, 1);
      assertThat(armed.isSpent()).isFalse();
      // Re-used under its name, without its text being sent again.
      other.setAutoCommit(false);
      assertThatThrownBy(() -> insert(other, 2)).isInstanceOf(SQLException.class);
      assertThat(armed.isSpent()).isTrue();
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aNamedStatementIsKnownByItsTextWhenItIsExecutedAgain() throws Exception {
    try (Connection connection = connect("writer");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      for (int n = 0; n < 20; n++) {
        insert.setInt(1, n);
        insert.executeUpdate();
      }
      Armed armed = proxy.arm(Trigger.after("INTO t", (s, done) -> Verdict.PASS));
      insert.setInt(1, 20);
      insert.executeUpdate();
      assertThat(armed.await(PATIENCE)).isTrue();
    }
    assertThat(rows()).isEqualTo(21);
  }

  @Test
  void afterWaitsForSuccess() throws Exception {
    Armed armed = proxy.arm(Trigger.after("INTO t", (s, done) -> Verdict.CUT));
    try (Connection connection = connect("writer")) {
      try (Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (1 / 0)"))
            .hasMessageContaining("division by zero");
      }
      assertThat(armed.isSpent()).isFalse();
      assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
    }
    assertThat(armed.isSpent()).isTrue();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aDisarmedTriggerDoesNothing() throws Exception {
    Armed armed = proxy.arm(Trigger.before("INTO t", (s, next) -> Verdict.CUT));
    assertThat(armed.disarm()).isTrue();
    try (Connection connection = connect("writer")) {
      insert(connection, 1);
    }
    assertThat(armed.isSpent()).isFalse();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aBlackHoleHoldsWhatWasSentUntilItIsOpen() throws Exception {
    try (Connection connection = connect("writer")) {
      proxy.blackHole();
      CompletableFuture<Void> inserted =
          CompletableFuture.runAsync(
              () -> {
                try {
                  insert(connection, 1);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(() -> connect("late").close()).isInstanceOf(SQLException.class);
      assertThat(inserted).isNotDone();
      assertThat(rows()).isZero();
      proxy.open();
      inserted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void refusedConnectionsComeBack() throws Exception {
    proxy.refuse();
    assertThatThrownBy(() -> connect("writer").close()).hasMessageContaining("refused");
    proxy.open();
    try (Connection connection = connect("writer")) {
      insert(connection, 1);
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aGateStepsASession() throws Exception {
    BlockingQueue<RoundTrip> waiting = new LinkedBlockingQueue<>();
    BlockingQueue<Boolean> releases = new LinkedBlockingQueue<>();
    List<RoundTrip> answered = new CopyOnWriteArrayList<>();
    CountDownLatch ready = new CountDownLatch(1);
    Gate gate =
        new Gate() {
          @Override
          public void before(Session session, RoundTrip next) throws InterruptedException {
            if (session.application().equals("stepped") && ready.getCount() == 0) {
              waiting.add(next);
              releases.take();
            }
          }

          @Override
          public void answered(Session session, RoundTrip done) {
            if (session.application().equals("stepped") && ready.getCount() == 0) {
              answered.add(done);
            }
          }
        };
    proxy.gate(gate);
    try (Connection connection = connect("stepped")) {
      connection.setAutoCommit(false);
      ready.countDown();
      CompletableFuture<Void> work =
          CompletableFuture.runAsync(
              () -> {
                try {
                  insert(connection, 1);
                  connection.commit();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      RoundTrip begin = waiting.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(begin.statements()).containsExactly("BEGIN");
      releases.add(true);
      RoundTrip insert = waiting.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(insert.statements()).containsExactly("INSERT INTO t VALUES ($1)");
      assertThat(answered).doesNotContain(insert);
      releases.add(true);
      RoundTrip commit = waiting.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(commit.statements()).containsExactly("COMMIT");
      assertThat(answered).containsExactly(begin, insert);
      assertThat(rows()).isZero();
      releases.add(true);
      work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(rows()).isEqualTo(1);
      assertThat(answered).containsExactly(begin, insert, commit);
    }
  }
}
