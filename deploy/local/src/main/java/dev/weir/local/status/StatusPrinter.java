package dev.weir.local.status;

import dev.weir.local.status.ServedFigures.Conservation;
import dev.weir.local.status.ServedFigures.DeadLetters;
import dev.weir.local.status.ServedFigures.Freshness;
import dev.weir.local.status.ServedFigures.Reconciliation;
import dev.weir.local.status.StatusReport.JobState;
import dev.weir.local.status.StatusReport.PartState;
import java.io.PrintStream;
import java.util.Locale;

/** A status report for a person to read. */
public final class StatusPrinter {
  private final PrintStream out;

  public StatusPrinter(PrintStream out) {
    this.out = out;
  }

  public void print(StatusReport report) {
    for (PartState part : report.parts()) {
      line("%-12s %s", part.name(), part.running() ? "running, pid " + part.pid() : "not running");
    }
    report.job().ifPresent(this::print);
    report.figures().ifPresent(this::print);
    report.problems().forEach(p -> line("%nWRONG: %s", p));
    if (report.problems().isEmpty()) {
      line("%nAll is well.");
    }
  }

  private void print(JobState job) {
    line(
        "%-12s %s, %d restarts, %d checkpoints%s",
        "speed layer",
        job.state().toLowerCase(Locale.ROOT),
        job.restarts(),
        job.checkpoints(),
        job.checkpointAgeMillis() < 0
            ? ""
            : ", the last " + age(job.checkpointAgeMillis() / 1e3) + " ago");
  }

  private void print(ServedFigures figures) {
    if (figures.commit() == 0) {
      line("%-12s nothing committed yet", "commit log");
      return;
    }
    line(
        "%-12s commit %d, %s ago", "commit log", figures.commit(), age(figures.commitAgeSeconds()));
    line(
        "%-12s %d of %d event hours recomputed; %,d events came into recomputed past hours since",
        "coverage", figures.recomputedHours(), figures.hours(), figures.sinceInRecomputed());
    for (Freshness part : figures.freshness()) {
      line("%-12s %s", part.part(), part.lagSeconds() < 0 ? "nothing" : text(part));
    }
    line(
        "%n%-12s %s",
        "batch layer", figures.lastRun().map(StatusPrinter::text).orElse("not run yet"));
    line(
        "%n%-12s %12s = %12s + %10s + %13s + %8s",
        "source", "in", "counted", "duplicate", "dead-lettered", "filtered");
    for (Conservation s : figures.sources()) {
      line(
          "%-12s %,12d = %,12d + %,10d + %,13d + %,8d%s",
          s.source(),
          s.in(),
          s.counted(),
          s.duplicate(),
          s.deadLettered(),
          s.filtered(),
          s.holds() ? "" : "   DOES NOT HOLD");
    }
    if (!figures.deadLetters().isEmpty()) {
      line("%n%-12s %-28s %10s", "dead letters", "reason", "records");
    }
    for (DeadLetters letters : figures.deadLetters()) {
      line("%-12s %-28s %,10d", letters.source(), letters.reason(), letters.records());
    }
  }

  private static String text(Freshness part) {
    return "newest event "
        + age(part.lagSeconds())
        + " old"
        + (part.commitsBehind() > 0 ? ", " + part.commitsBehind() + " commits behind" : "");
  }

  /** An age in its largest fitting unit. */
  public static String age(double seconds) {
    double[] sizes = {86_400, 3_600, 60};
    String[] units = {"d", "h", "min"};
    for (int i = 0; i < sizes.length; i++) {
      if (seconds >= 2 * sizes[i]) {
        return Math.round(seconds / sizes[i]) + " " + units[i];
      }
    }
    return Math.round(seconds) + " s";
  }

  /** One line about a run of the batch layer. */
  public static String text(Reconciliation run) {
    if (run.state().equals("nothing-changed")) {
      return "run " + run.version() + ": nothing had changed";
    }
    String agreement =
        run.disagreements() == 0
            ? String.format(Locale.ROOT, "both views agree (%,d keys compared)", run.keysCompared())
            : run.disagreements() + " DISAGREEMENTS";
    return String.format(
        Locale.ROOT,
        "run %d %s: %,d hours from %,d rows; %s",
        run.version(),
        run.state(),
        run.hours(),
        run.rows(),
        agreement);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
