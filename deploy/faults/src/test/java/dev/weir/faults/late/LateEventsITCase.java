package dev.weir.faults.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregate.MinuteAggregate;
import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.stage.Hold;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import dev.weir.faults.stage.Step;
import dev.weir.oracle.SeededStream;
import dev.weir.oracle.SeededStream.Series;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Events that are late by nothing to 90 days, before, while and after hours are published. */
@OnStage
class LateEventsITCase {
  private static final double MOST_MILLIS = 90 * 24 * 3_600_000.0;

  /** 5 % late by up to 90 days: minutes as likely as hours and days. The rest are in time. */
  private static final SeededStream.Lateness LATE =
      random ->
          random.nextInt(100) < 5
              ? (long) Math.exp(random.nextDouble() * Math.log(MOST_MILLIS))
              : random.nextLong(1_000);

  private static final String RECOMPUTED =
      "SELECT DISTINCT extract(epoch FROM event_hour)::bigint FROM weir.coverage WHERE version = ?";

  private static final String RECONCILED =
      """
      SELECT DISTINCT extract(epoch FROM event_hour)::bigint FROM weir.reconciliation
      WHERE version = ? AND check_name = 'speed-equals-archive' AND agrees
      """;

  private static final String TOUCHED =
      """
      SELECT DISTINCT extract(epoch FROM m.event_hour)::bigint
      FROM weir.archive_manifest m JOIN weir.archive_file f USING (file_id)
      WHERE f.kind = 'arrivals' AND f.commit > ? AND f.commit <= ?
      """;

  private final Stage stage;

  LateEventsITCase(Stage stage) {
    this.stage = stage;
  }

  @Test
  void areShownAtOnceAndOnceAndTheNextRunRecomputesExactlyTheirHours() throws Exception {
    stage.flowForCommits(1);
    stage.settle();
    assertThat(stage.runtime().batch()).isZero();
    long absorbed = stage.database().head();
    Map<Series, MinuteAggregate> before = Map.copyOf(stage.stream().truth());

    try (TotalsPoller reader = stage.poll();
        Hold publish = Hold.before(stage.runtime().proxy(), Step.PUBLISH_ENDS)) {
      stage.flow(LATE);
      await().atMost(Stage.PATIENCE).until(() -> stage.database().head() > absorbed + 1);
      CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> stage.runtime().batch());
      publish.awaitReached();
      // More of them are committed, also to hours that are being published at this very moment.
      long during = stage.database().head();
      await().atMost(Stage.PATIENCE).until(() -> stage.database().head() > during + 1);
      publish.release();
      assertThat(run.join()).isZero();
      stage.pause();
      await("shown at once")
          .atMost(Stage.PATIENCE)
          .until(() -> stage.database().shown() == stage.stream().unique());
      stage.assertEqualsOracle();
      Set<Instant> recomputed = assertRecomputedTouchedHours(absorbed);

      assertThat(stage.runtime().batch()).isZero();
      recomputed.addAll(assertRecomputedTouchedHours(through(version() - 1)));
      assertThat(recomputed).isEqualTo(hoursThatChanged(before));
      assertThat(recomputed).hasSizeGreaterThan(10);
      assertThat(
              stage
                  .database()
                  .number(
                      "SELECT count(*) FROM serving.traffic_minute WHERE status <> 'reconciled'"))
          .isZero();
      stage.assertEqualsOracle();
      assertThat(reader.violations()).isEmpty();
    }
  }

  /** What the last run recomputed: what commits touched that came after the given one. */
  private Set<Instant> assertRecomputedTouchedHours(long after) {
    long version = version();
    Set<Instant> recomputed = hours(RECOMPUTED, version);
    assertThat(recomputed).isEqualTo(hours(TOUCHED, after, through(version)));
    assertThat(hours(RECONCILED, version)).isEqualTo(recomputed);
    assertThat(
            stage.database().number("SELECT hours FROM weir.batch_run WHERE version = ?", version))
        .isEqualTo(recomputed.size());
    return recomputed;
  }

  private Set<Instant> hoursThatChanged(Map<Series, MinuteAggregate> before) {
    return stage.stream().truth().entrySet().stream()
        .filter(row -> !row.getValue().equals(before.get(row.getKey())))
        .map(row -> row.getKey().minute().truncatedTo(ChronoUnit.HOURS))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<Instant> hours(String query, Object... values) {
    return stage.database().column(query, values).stream()
        .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private long version() {
    return stage.database().number("SELECT max(version) FROM weir.batch_run");
  }

  private long through(long version) {
    return stage
        .database()
        .number("SELECT through_commit FROM weir.batch_run WHERE version = ?", version);
  }
}
