package dev.weir.serving.report;

import dev.weir.serving.export.AnswerTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Does what is due: makes each report when its range is committed and delivers it, once.
 *
 * <p>A due time that passed while nobody served is caught up: the last one of each report, not all.
 * What fails is tried again, see {@link Retries}. Several processes may do this at the same time;
 * {@link ReportRuns} tells them apart.
 */
public final class ReportDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration TIDY_EVERY = Duration.ofDays(1);
  private static final Duration RUNS_ARE_KEPT = Duration.ofDays(400);

  /** No attempt takes as long. */
  private static final Duration LEFT_BEHIND_AFTER = Duration.ofDays(1);

  private final Map<String, Report> reports = new LinkedHashMap<>();
  private final ReportRuns runs;
  private final ReportDelivery delivery;
  private final Function<Report, Committed> committed;
  private final Clock clock;
  private volatile boolean declared;
  private volatile Instant tidyAt = Instant.MIN;

  /**
   * @param committed up to when events are committed, as a report's cubes show them
   */
  ReportDesk(
      List<Report> reports,
      ReportRuns runs,
      ReportDelivery delivery,
      Function<Report, Committed> committed,
      Clock clock) {
    reports.forEach(report -> this.reports.put(report.name(), report));
    this.runs = runs;
    this.delivery = delivery;
    this.committed = committed;
    this.clock = clock;
  }

  /** The declared reports, in order. */
  List<Report> reports() {
    return List.copyOf(reports.values());
  }

  Optional<Report> report(String name) {
    return Optional.ofNullable(reports.get(name));
  }

  /** The last runs of all reports. */
  List<ReportRun> last(int ofEach) {
    return runs.last(List.copyOf(reports.keySet()), ofEach);
  }

  /** Makes a run that is due now. Somebody must still {@link #runDue}. */
  ReportRun ask(Report report) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    runs.schedule(report.name(), now, true, report.span().before(now, report.zone()));
    return runs.find(report.name(), now).orElseThrow();
  }

  /** Does everything that is due now; what goes wrong with a report is written to its run. */
  public void runDue() throws SQLException {
    if (reports.isEmpty()) {
      return;
    }
    if (!declared) {
      runs.declare(reports());
      declared = true;
    }
    Instant now = clock.instant();
    tidy(now);
    for (Report report : reports.values()) {
      Instant due = report.schedule().lastDue(now, report.zone());
      runs.schedule(report.name(), due, false, report.span().before(due, report.zone()));
    }
    runs.recover();
    List<String> names = List.copyOf(reports.keySet());
    while (!Thread.currentThread().isInterrupted()) {
      try (ClaimedRun claimed = runs.claim(names).orElse(null)) {
        if (claimed == null) {
          return;
        }
        attempt(claimed, reports.get(claimed.run().report()));
      }
    }
  }

  /** Deletes what nobody needs any more, at the start and then daily. */
  private void tidy(Instant now) {
    if (now.isBefore(tidyAt)) {
      return;
    }
    tidyAt = now.plus(TIDY_EVERY);
    int forgotten = runs.forget(now.minus(RUNS_ARE_KEPT));
    if (forgotten > 0) {
      LOG.info(
          "{} runs of reports older than {} days are forgotten", forgotten, RUNS_ARE_KEPT.toDays());
    }
    Leftovers leftovers = new Leftovers(now.minus(LEFT_BEHIND_AFTER));
    leftovers.deleteMade(Path.of(System.getProperty("java.io.tmpdir")));
    reports.values().stream()
        .flatMap(report -> report.folder().stream())
        .distinct()
        .forEach(leftovers::deleteUnfinished);
  }

  private void attempt(ClaimedRun claimed, Report report) {
    ReportRun run = claimed.run();
    try {
      Optional<String> incomplete = incomplete(report, run);
      Instant patience = run.dueAt().plus(report.patience());
      if (incomplete.isPresent() && !run.asked() && clock.instant().isBefore(patience)) {
        Instant next = clock.instant().plus(LOOK_AGAIN);
        claimed.become(
            run.with(
                ReportRun.State.WAITING,
                next.isBefore(patience) ? next : patience,
                incomplete.get() + " It waits until " + patience + "."));
        return;
      }
      Handover handover = delivery.deliver(claimed, report, incomplete);
      if (handover instanceof Handover.Refused refused) {
        LOG.warn("The report {} due at {} failed: {}", run.report(), run.dueAt(), refused.reason());
        fail(claimed, refused.reason());
      } else if (handover instanceof Handover.Unanswered unanswered) {
        leaveUnknown(claimed, unanswered.reason());
      } else {
        claimed.become(
            claimed.run().with(ReportRun.State.DELIVERED, null, incomplete.orElse(null)));
        LOG.info("The report {} due at {} was delivered", run.report(), run.dueAt());
      }
    } catch (IOException | RuntimeException | Error e) {
      // An error is a report's, too: one that needs more memory than there is must not stop others.
      LOG.warn("The report {} due at {} failed", run.report(), run.dueAt(), e);
      if (claimed.run().state() == ReportRun.State.SENDING) {
        leaveUnknown(claimed, reason(e));
      } else {
        fail(claimed, reason(e));
      }
    }
  }

  /** What is missing of the range; empty if all of it is committed. */
  private Optional<String> incomplete(Report report, ReportRun run) {
    Committed of = committed.apply(report);
    Instant end = run.range().to();
    if (of.through().isPresent() && !of.through().get().isBefore(end)) {
      return Optional.empty();
    }
    return Optional.of(
        "This is not complete: the range ends at "
            + AnswerTimes.minute(end, report.zone())
            + ", but "
            + of.shortOf(report.zone()));
  }

  private void fail(ClaimedRun claimed, String reason) {
    Optional<Instant> next = Retries.after(claimed.run().failures()).map(clock.instant()::plus);
    become(claimed, claimed.run().failed(next.orElse(null), reason));
  }

  private void leaveUnknown(ClaimedRun claimed, String reason) {
    ReportRun run = claimed.run();
    LOG.warn(
        "Whether the report {} due at {} was mailed is unknown: {}",
        run.report(),
        run.dueAt(),
        reason);
    become(
        claimed,
        run.with(
            ReportRun.State.UNKNOWN,
            null,
            reason
                + "; the mail server may have the message, so it is not sent again: ask who should"
                + " have it, and run the report again if they do not"));
  }

  private static void become(ClaimedRun claimed, ReportRun next) {
    try {
      claimed.become(next);
    } catch (DataAccessException | IllegalStateException e) {
      LOG.warn("What became of the report {} could not be written down", next.report(), e);
    }
  }

  private static String reason(Throwable e) {
    Throwable cause =
        e instanceof DataAccessException database ? database.getMostSpecificCause() : e;
    return cause.getMessage() == null || e instanceof Error ? cause.toString() : cause.getMessage();
  }
}
