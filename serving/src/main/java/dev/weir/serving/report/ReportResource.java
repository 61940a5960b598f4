package dev.weir.serving.report;

import dev.weir.serving.export.ExportFormat;
import dev.weir.serving.http.NotDeclaredException;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/reports}: what is declared and what became of it; {@code POST
 * /api/v1/reports/{name}/runs}: one more, now.
 */
@RestController
@RequestMapping("/api/v1/reports")
class ReportResource {
  private static final int LAST_RUNS = 10;

  private final ReportDesk desk;
  private final ReportClerk clerk;
  private final Clock clock;

  ReportResource(ReportDesk desk, ReportClerk clerk, Clock clock) {
    this.desk = desk;
    this.clerk = clerk;
    this.clock = clock;
  }

  /** The answer. */
  record Reports(List<Description> reports) {}

  /**
   * A report.
   *
   * @param range {@code day} or {@code week}
   * @param folder whether it is put into a folder
   * @param recipients how many addresses it is mailed to
   * @param runs the last ones, newest first
   */
  record Description(
      String name,
      String title,
      String schedule,
      String zone,
      String range,
      Instant nextDueAt,
      List<String> cubes,
      List<String> formats,
      boolean folder,
      int recipients,
      List<Run> runs) {}

  /**
   * What became of a due time: see the comments of {@code weir.report_run}.
   *
   * @param asked whether an operator asked for it
   * @param message for operators only: it may name hosts, paths and addresses
   */
  record Run(
      Instant dueAt,
      boolean asked,
      Instant from,
      Instant to,
      String state,
      int attempts,
      Instant nextAttemptAt,
      List<String> deliveredTo,
      List<String> files,
      String message,
      Instant updatedAt) {}

  @GetMapping
  Reports reports(@AuthenticationPrincipal Caller caller) {
    boolean operator = caller.role().compareTo(Role.OPERATOR) >= 0;
    Map<String, List<ReportRun>> runs =
        desk.last(LAST_RUNS).stream().collect(Collectors.groupingBy(ReportRun::report));
    return new Reports(
        desk.reports().stream()
            .map(report -> describe(report, runs.getOrDefault(report.name(), List.of()), operator))
            .toList());
  }

  @PostMapping("/{name}/runs")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Run run(@PathVariable String name) {
    Report report = desk.report(name).orElseThrow(() -> new NotDeclaredException(missing(name)));
    ReportRun run = desk.ask(report);
    clerk.wake();
    return describe(run, true);
  }

  private String missing(String name) {
    List<String> names = desk.reports().stream().map(Report::name).toList();
    return "There is no report "
        + name
        + "; "
        + (names.isEmpty()
            ? "none is declared: start with --reports FILE."
            : "the reports are " + String.join(", ", names) + ".");
  }

  private Description describe(Report report, List<ReportRun> runs, boolean operator) {
    return new Description(
        report.name(),
        report.title(),
        report.schedule().toString(),
        report.zone().getId(),
        report.span().text(),
        report.schedule().nextDue(clock.instant(), report.zone()),
        report.questions().stream().map(Report.Question::cube).distinct().toList(),
        report.formats().stream().map(ExportFormat::text).toList(),
        report.folder().isPresent(),
        report.email().map(email -> email.to().size()).orElse(0),
        runs.stream().map(run -> describe(run, operator)).toList());
  }

  private static Run describe(ReportRun run, boolean operator) {
    return new Run(
        run.dueAt(),
        run.asked(),
        run.range().from(),
        run.range().to(),
        run.state().text(),
        run.attempts(),
        run.nextAttemptAt(),
        run.deliveredTo(),
        run.files(),
        operator ? run.message() : null,
        run.updatedAt());
  }
}
