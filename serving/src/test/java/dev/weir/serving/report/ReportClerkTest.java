package dev.weir.serving.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.serving.export.ExportFormat;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.AbstractDataSource;

class ReportClerkTest {
  @TempDir private Path folder;

  /** Asked for a connection, it fails as a process without memory does. */
  private static final class Broken extends AbstractDataSource {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Connection getConnection() {
      asked.incrementAndGet();
      throw new OutOfMemoryError("made by a test");
    }

    @Override
    public Connection getConnection(String user, String password) {
      return getConnection();
    }
  }

  @Test
  void looksAgainAfterAnError() {
    Broken database = new Broken();
    ReportClerk clerk = new ReportClerk(desk(database), Duration.ofMillis(10));
    clerk.start();
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> database.asked.get() > 2);
      assertThat(clerk.isRunning()).isTrue();
    } finally {
      clerk.stop();
    }
  }

  @Test
  void looksAtOnceWhenItIsWoken() {
    Broken database = new Broken();
    ReportClerk clerk = new ReportClerk(desk(database), Duration.ofDays(1));
    clerk.wake();
    clerk.start();
    try {
      assertThat(database.asked).as("it is not running").hasValue(0);
      clerk.wake();
      await().atMost(Duration.ofSeconds(30)).until(() -> database.asked.get() == 1);
    } finally {
      clerk.stop();
    }
  }

  private ReportDesk desk(Broken database) {
    Report report =
        new Report(
            "daily",
            "Daily",
            new Schedule.Daily(LocalTime.of(6, 0)),
            ZoneId.of("UTC"),
            Span.DAY,
            Duration.ZERO,
            List.of(new Report.Question("Traffic", "traffic", Map.of())),
            List.of(ExportFormat.CSV),
            Optional.of(folder),
            Optional.empty());
    return new ReportDesk(
        List.of(report),
        new ReportRuns(database, Clock.systemUTC()),
        null,
        any -> new Committed(Optional.empty(), List.of()),
        Clock.systemUTC());
  }
}
