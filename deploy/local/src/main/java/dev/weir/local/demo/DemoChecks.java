package dev.weir.local.demo;

import dev.weir.local.demo.DemoFigures.Runs;
import dev.weir.local.demo.DemoFigures.Served;
import dev.weir.local.flink.FlinkRest;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.status.ServedFigures;
import dev.weir.local.status.ServedFigures.Conservation;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must hold when the demo ends, everything sent being committed and recomputed. */
final class DemoChecks {
  private static final long ACCESS_EVENTS = 9_999;
  private static final long ACCESS_DEAD_LETTERS = 1;
  private static final BigDecimal ACCESS_BYTES = new BigDecimal("2747282505");
  private static final String LATE = "late events show in recomputed hours";

  private final Endpoints endpoints;
  private final DemoFigures figures;
  private final WebShopTotals sent;
  private final long accessLines;

  DemoChecks(Endpoints endpoints, DemoFigures figures, WebShopTotals sent, long accessLines) {
    this.endpoints = endpoints;
    this.figures = figures;
    this.sent = sent;
    this.accessLines = accessLines;
  }

  /**
   * All checks.
   *
   * @param seenInRecomputed most late events seen in recomputed hours at one moment; negative where
   *     the demo was too short to see any
   */
  List<DemoCheck> run(long seenInRecomputed) {
    List<DemoCheck> checks = new ArrayList<>();
    checks.add(job());
    ServedFigures log = figures.log();
    checks.add(conservation(log));
    checks.add(
        equal("duplicates are dropped", sum(log, "duplicate"), sent.duplicates(), "duplicates"));
    checks.add(
        equal(
            "malformed lines are dead letters",
            log.deadLettered(),
            sent.malformed() + ACCESS_DEAD_LETTERS,
            "dead letters"));
    Served served = figures.served();
    checks.add(
        equal(
            "every valid event is served once",
            served.events(),
            sent.valid() + ACCESS_EVENTS,
            "events"));
    BigDecimal value = ACCESS_BYTES.add(BigDecimal.valueOf(sent.cents(), 2));
    checks.add(
        new DemoCheck(
            "sums are exact",
            served.value().compareTo(value) == 0,
            served.value().stripTrailingZeros().toPlainString() + " of " + value + " sent"));
    checks.add(agreement());
    long open = figures.rowsNotReconciled();
    checks.add(
        new DemoCheck(
            "every hour is recomputed", open == 0, open + " rows of serving.traffic_hour are not"));
    if (seenInRecomputed < 0) {
      checks.add(
          DemoCheck.notSeen(
              LATE, "no run of the batch layer ended in time; a longer demo shows it (--for)"));
    } else {
      checks.add(
          new DemoCheck(
              LATE,
              seenInRecomputed > 0,
              String.format(
                  Locale.ROOT,
                  "%,d late events, up to %,d at a time not yet recomputed",
                  sent.late(),
                  seenInRecomputed)));
    }
    checks.add(answers("the dashboard answers", "/"));
    checks.add(answers("the API answers", "/api/v1/cubes"));
    return checks;
  }

  private DemoCheck job() {
    FlinkRest flink = new FlinkRest(endpoints.flink());
    FlinkRest.Job job = flink.lastJob().orElseThrow();
    long restarts = flink.restarts(job.id());
    FlinkRest.Checkpoints checkpoints = flink.checkpoints(job.id());
    return new DemoCheck(
        "the job never restarted",
        job.isRunning() && restarts == 0,
        job.state()
            + ", "
            + restarts
            + " restarts, "
            + checkpoints.completed()
            + " checkpoints, "
            + checkpoints.failed()
            + " failed"
            // Not a checkpoint that was begun: Flink counts each that falls due before all tasks
            // run.
            + (checkpoints.failed() > 0 ? " (or fell due while the job was starting)" : ""));
  }

  private DemoCheck conservation(ServedFigures log) {
    long in = sum(log, "in");
    boolean holds = log.sources().stream().allMatch(Conservation::holds);
    return new DemoCheck(
        "every record is accounted for",
        holds && in == sent.lines() + accessLines,
        String.format(Locale.ROOT, "%,d of %,d sent", in, sent.lines() + accessLines));
  }

  private static long sum(ServedFigures log, String column) {
    return log.sources().stream()
        .mapToLong(s -> column.equals("in") ? s.in() : s.duplicate())
        .sum();
  }

  private DemoCheck agreement() {
    Runs runs = figures.runs();
    return new DemoCheck(
        "both views agree",
        runs.published() > 0 && runs.failed() == 0 && runs.disagreements() == 0,
        String.format(
            Locale.ROOT,
            "%,d keys compared in %d runs, %d disagreements, %d runs failed",
            runs.keysCompared(),
            runs.published(),
            runs.disagreements(),
            runs.failed()));
  }

  private static DemoCheck equal(String claim, long found, long expected, String unit) {
    return new DemoCheck(
        claim,
        found == expected,
        String.format(Locale.ROOT, "%,d of %,d %s", found, expected, unit));
  }

  private DemoCheck answers(String claim, String path) {
    String address = endpoints.serving() + path;
    try {
      int status =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return new DemoCheck(claim, status == 200, address + " says " + status);
    } catch (IOException e) {
      return new DemoCheck(claim, false, address + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new DemoCheck(claim, false, "interrupted");
    }
  }
}
