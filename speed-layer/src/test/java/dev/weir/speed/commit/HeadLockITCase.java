package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.speed.commit.DatabaseAddress.Timeouts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sessions of the same job that keep the head locked for long and are not ended. */
class HeadLockITCase {
  /** Of these each begins after the one before was not granted the lock. */
  private static final int TRIES = 5;

  @TempDir private Path archive;
  private CommitLogFixture fixture;
  private Connection holder;
  private Connection waiting;

  @BeforeEach
  void connect() throws SQLException {
    fixture = new CommitLogFixture(archive);
    String name = SessionName.of("job", fixture.pipeline);
    holder = fixture.address().connect(Timeouts.COMMIT, name);
    holder.setAutoCommit(false);
    waiting = fixture.address().connect(Timeouts.COMMIT, name);
    waiting.setAutoCommit(false);
    Head.lock(holder, Duration.ofSeconds(10));
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    holder.abort(Runnable::run);
    waiting.abort(Runnable::run);
    fixture.close();
  }

  @Test
  void aCopyThatGoesOnIsWaitedFor() throws Exception {
    try (Statement create = holder.createStatement()) {
      create.execute("CREATE TEMPORARY TABLE rows (row text)");
    }
    CopyIn copy = holder.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY rows FROM STDIN");
    byte[] row = "a row of a big epoch\n".getBytes(StandardCharsets.US_ASCII);
    CompletableFuture<Head> head = take();
    awaitTries(
        () -> {
          copy.writeToCopy(row, 0, row.length);
          copy.flushCopy();
          return null;
        });
    assertThat(copy.endCopy()).as("rows, by a session that was not ended").isPositive();
    holder.commit();
    assertThat(head.get(1, TimeUnit.MINUTES).commit()).isZero();
  }

  @Test
  void aTransactionThatIsIdleIsLeftToTheServersTimeLimit() throws Exception {
    CompletableFuture<Head> head = take();
    awaitTries(() -> null);
    holder.commit();
    assertThat(head.get(1, TimeUnit.MINUTES).commit()).isZero();
  }

  private CompletableFuture<Head> take() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new HeadLock(Duration.ofSeconds(2)).take("test", waiting);
          } catch (SQLException | CommitRefusedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Waits until the lock was asked for several times in vain, and does something all the while. */
  private void awaitTries(Callable<Void> meanwhile) throws SQLException {
    int pid = waiting.unwrap(PGConnection.class).getBackendPID();
    Set<String> tries = new TreeSet<>();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              meanwhile.call();
              String began =
                  fixture.database.query(
                      "SELECT xact_start FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                          + " pid = "
                          + pid);
              if (began != null) {
                tries.add(began);
              }
              return tries.size() >= TRIES;
            });
  }
}
