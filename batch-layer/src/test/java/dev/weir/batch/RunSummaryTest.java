package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.select.HourPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static final long HOUR = 3_600_000L;
  private static final long FIRST = Instant.parse("2026-03-01T08:00:00Z").toEpochMilli();

  @Test
  void tableOfARunThatAgreed() {
    RunSummary summary = summary(2, false);

    assertThat(summary.succeeded()).isTrue();
    assertThat(summary.text().lines())
        .containsExactly(
            "event hour (UTC)          rows  duplicates  keys compared  agreed  result",
            "2026-03-01 08:00          1000          10             60     yes  published",
            "2026-03-01 09:00          1000          10             60     yes  published",
            "2 of 2                    2000          20            120     yes  version 5,"
                + " absorbed through commit 9, 1.5 s",
            "duplicates: events that came again when the speed layer no longer remembered them;"
                + " published hours count them once");
  }

  @Test
  void namesWhatWasHeldBack() {
    RunSummary summary = summary(30, true);

    assertThat(summary.succeeded()).isFalse();
    assertThat(summary.text())
        .contains("... and 5 more event hours, all agreed")
        .contains(
            "2026-03-02 13:00          1000          10              0      NO  not published")
        .contains("29 of 30")
        .contains(
            "! event hour 2026-03-02T13:00:00Z was not published: arrivals/x.parquet cannot be"
                + " read: the file does not exist");
  }

  @Test
  void namesACauseBeforeTheHoursThatItHoldsBack() {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.differs(CheckName.CONSERVATION, null, "clicks", 9, "9 counted, 8 archived"));
    checks.add(Check.differs(CheckName.LEDGER, FIRST, "commit 3", 1, "the row of x is missing"));
    for (int i = 0; i < 7; i++) {
      checks.add(
          Check.differs(
              CheckName.LEDGER, FIRST + i * HOUR, "commit 3", 0, "is not what the journal says"));
    }

    assertThat(
            new RunSummary(5, 9, List.of(), List.of(), checks, List.of(), Duration.ZERO).problems())
        .containsExactly(
            "commit 3: the row of x is missing",
            "event hours 2026-03-01T08:00:00Z, 2026-03-01T09:00:00Z, 2026-03-01T10:00:00Z,"
                + " 2026-03-01T11:00:00Z, 2026-03-01T12:00:00Z and 2 more were not published: commit"
                + " 3 is not what the journal says",
            "conservation of clicks: 9 counted, 8 archived");
  }

  @Test
  void saysThatNothingChanged() {
    assertThat(summary(0, false).text())
        .isEqualTo(
            "Nothing changed: every event hour has absorbed its commits up to 9. (1.5 s)"
                + System.lineSeparator());
  }

  private static RunSummary summary(int hours, boolean lastFails) {
    List<HourPlan> plans = new ArrayList<>();
    List<HourOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < hours; i++) {
      long hour = FIRST + i * HOUR;
      boolean passed = i < hours - 1 || !lastFails;
      plans.add(new HourPlan(i, hour, 0, true, List.of(), null, List.of(), false, i, 1));
      Check check =
          passed
              ? Check.agreed(CheckName.SPEED_EQUALS_ARCHIVE, hour, "traffic", 60)
              : Check.differs(
                  CheckName.ARCHIVE_COMPLETE,
                  hour,
                  "arrivals/x.parquet",
                  10,
                  "cannot be read: the file does not exist");
      outcomes.add(new HourOutcome(i, passed, List.of(check), 1000, 10, List.of(), Map.of(), 0));
    }
    return new RunSummary(5, 9, plans, outcomes, List.of(), List.of(), Duration.ofMillis(1500));
  }
}
