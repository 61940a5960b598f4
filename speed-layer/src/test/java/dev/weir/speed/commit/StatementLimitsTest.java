package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.speed.commit.DatabaseAddress.Timeouts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatementLimitsTest {
  private final StatementLimits limits = new StatementLimits(Timeouts.COMMIT);

  @Test
  void doublesWhenAStatementOrItsAnswerTookTooLong() {
    limits.failed(cancelled());
    assertThat(limits.next().statement()).isEqualTo(Duration.ofMinutes(4));
    limits.failed(new SQLException("I/O error", "08006", new SocketTimeoutException()));
    assertThat(limits.next())
        .isEqualTo(
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(520), Duration.ofMinutes(8)));
    limits.reset();
    assertThat(limits.next()).isEqualTo(Timeouts.COMMIT);
  }

  @Test
  void staysForEveryOtherFailure() {
    limits.failed(new SQLException("the server goes down", "57P01"));
    limits.failed(new SQLException("connection reset", "08006", new IOException()));
    assertThat(limits.next()).isEqualTo(Timeouts.COMMIT);
    assertThat(limits.isExtended()).isFalse();
  }

  @Test
  void saysWhatToDoAfterTheThirdTime() {
    limits.failed(cancelled());
    limits.failed(cancelled());
    assertThat(limits.advice()).isEmpty();
    limits.failed(cancelled());
    assertThat(limits.advice())
        .startsWith(". It exceeded its limit 3 times; it now gets 960 s for a statement.")
        .contains("pg_stat_activity (application_name LIKE 'weir commit %')", "holds a lock")
        .contains("execution.checkpointing.interval");
  }

  @Test
  void neverOverflows() {
    for (int i = 0; i < 100; i++) {
      limits.failed(cancelled());
    }
    assertThat(limits.next().socket().toMillis()).isBetween(0L, (long) Integer.MAX_VALUE);
  }

  private static SQLException cancelled() {
    return new SQLException("statement timeout", "57014");
  }
}
