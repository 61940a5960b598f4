package dev.weir.serving.report;

import dev.weir.serving.export.AnswerTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.util.FileSystemUtils;

/**
 * Does what is due: makes each report when its range is committed and delivers it, once.
 *
 * <p>A due time that passed while nobody served is caught up: the last one of each report, not all.
 * What fails is tried again, ever more rarely, for a day. Several processes may do this at the same
 * time; {@link ReportRuns} tells them apart.
 */
public final class ReportDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final List<Duration> RETRIES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1));
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);
  private static final String FOLDER = "folder";
  private static final String EMAIL = "email";

  private final Map<String, Report> reports = new LinkedHashMap<>();
  private final ReportRuns runs;
  private final ReportWriter writer;
  private final Optional<MailDelivery> mail;
  private final Supplier<Instant> watermark;
  private final Clock clock;

  /**
   * @param watermark newest event time of all commits; null before the first
   */
  ReportDesk(
      List<Report> reports,
      ReportRuns runs,
      ReportWriter writer,
      Optional<MailDelivery> mail,
      Supplier<Instant> watermark,
      Clock clock) {
    reports.forEach(report -> this.reports.put(report.name(), report));
    this.runs = runs;
    this.writer = writer;
    this.mail = mail;
    this.watermark = watermark;
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
    runs.know(report.name());
    runs.schedule(report.name(), now, true, report.span().before(now, report.zone()));
    return runs.find(report.name(), now).orElseThrow();
  }

  /** Does everything that is due now; what goes wrong with a report is written to its run. */
  public void runDue() throws SQLException {
    if (reports.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    for (Report report : reports.values()) {
      runs.know(report.name());
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
      deliver(claimed, report, incomplete);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The report {} due at {} failed", run.report(), run.dueAt(), e);
      fail(claimed, reason(e));
    }
  }

  /** What is missing of the range; empty if all of it is committed. */
  private Optional<String> incomplete(Report report, ReportRun run) {
    Instant committed = watermark.get();
    Instant end = run.range().to();
    if (committed != null && !committed.isBefore(end)) {
      return Optional.empty();
    }
    return Optional.of(
        "This is not complete: the range ends at "
            + AnswerTimes.minute(end, report.zone())
            + ", but "
            + (committed == null
                ? "nothing is committed yet."
                : "events are committed up to "
                    + AnswerTimes.minute(committed, report.zone())
                    + " only."));
  }

  private void deliver(ClaimedRun claimed, Report report, Optional<String> incomplete)
      throws IOException {
    Path made = Files.createTempDirectory("weir-report-");
    try {
      List<String> notes = new ArrayList<>();
      incomplete.ifPresent(notes::add);
      List<ReportFile> files = writer.write(report, claimed.run().range(), notes, made);
      List<String> names = files.stream().map(ReportFile::name).toList();
      if (report.folder().isPresent() && !claimed.run().deliveredTo().contains(FOLDER)) {
        FolderDelivery.deliver(files, report.folder().get());
        claimed.become(claimed.run().arrived(FOLDER, names));
      }
      if (report.email().isPresent() && !claimed.run().deliveredTo().contains(EMAIL)) {
        Handover handover =
            mail.orElseThrow()
                .send(
                    ReportLetter.of(report, claimed.run(), notes, files, clock.instant()),
                    () -> claimed.become(claimed.run().with(ReportRun.State.SENDING, null, null)));
        if (handover instanceof Handover.Refused refused) {
          fail(claimed, refused.reason());
          return;
        }
        if (handover instanceof Handover.Unanswered unanswered) {
          claimed.become(
              claimed
                  .run()
                  .with(
                      ReportRun.State.UNKNOWN,
                      null,
                      unanswered.reason()
                          + "; it may have the message, so it is not sent again: ask who should"
                          + " have it, and run the report again if they do not"));
          return;
        }
        claimed.become(claimed.run().arrived(EMAIL, names));
      }
      claimed.become(claimed.run().with(ReportRun.State.DELIVERED, null, incomplete.orElse(null)));
      LOG.info("The report {} due at {} was delivered", report.name(), claimed.run().dueAt());
    } finally {
      FileSystemUtils.deleteRecursively(made);
    }
  }

  private void fail(ClaimedRun claimed, String reason) {
    ReportRun run = claimed.run();
    Instant next = clock.instant().plus(RETRIES.get(Math.min(run.failures(), RETRIES.size() - 1)));
    boolean last = next.isAfter(run.dueAt().plus(GIVE_UP_AFTER));
    try {
      claimed.become(run.failed(last ? null : next, reason));
    } catch (DataAccessException | IllegalStateException e) {
      LOG.warn("Why the report {} failed could not be written down", run.report(), e);
    }
  }

  private static String reason(Exception e) {
    Throwable cause =
        e instanceof DataAccessException database ? database.getMostSpecificCause() : e;
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
