package dev.weir.serving.report;

import dev.weir.serving.export.AnswerTimes;
import java.time.Instant;
import java.util.List;

/** Words the message that a report is mailed with. */
final class ReportLetter {
  private ReportLetter() {}

  static MailDelivery.Letter of(
      Report report, ReportRun run, List<String> notes, List<ReportFile> files, Instant sentAt) {
    String range = AnswerTimes.range(run.range().from(), run.range().to(), report.zone());
    StringBuilder text = new StringBuilder();
    text.append(report.title()).append("\n").append(range).append("\n\n");
    notes.forEach(note -> text.append(note).append("\n\n"));
    text.append("Attached:\n");
    files.forEach(file -> text.append("  ").append(file.name()).append("\n"));
    text.append("\nHow exact the numbers are stands in the report.\n");
    Report.Email email = report.email().orElseThrow();
    return new MailDelivery.Letter(
        "<report-" + report.name() + "-" + run.id() + "-" + run.dueAt().toEpochMilli() + "@weir>",
        email.to(),
        email.subject().orElse(report.title() + ", " + ReportWriter.days(report, run.range())),
        text.toString(),
        sentAt,
        files);
  }
}
