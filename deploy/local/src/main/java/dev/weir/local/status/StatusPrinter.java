package dev.weir.local.status;

import dev.weir.local.runtime.Counted;
import dev.weir.local.status.ServedFigures.BatchRun;
import dev.weir.local.status.ServedFigures.Checks;
import dev.weir.local.status.ServedFigures.Conservation;
import dev.weir.local.status.ServedFigures.DeadLetters;
import dev.weir.local.status.ServedFigures.Freshness;
import dev.weir.local.status.ServedFigures.IncompleteCube;
import dev.weir.local.status.ServedFigures.SealedHours;
import dev.weir.local.status.StatusReport.JobState;
import dev.weir.local.status.StatusReport.PartState;
import java.io.PrintStream;
import java.util.Locale;

/** A status report for a person to read. */
public final class StatusPrinter {
  private static final double CLOCKS_DIFFER_SECONDS = 60;

  private final PrintStream out;

  public StatusPrinter(PrintStream out) {
    this.out = out;
  }

  public void print(StatusReport report) {
    for (PartState part : report.parts()) {
      line("%-12s %s", part.name(), part.running() ? running(part) : "not running");
    }
    report.job().ifPresent(this::print);
    report.figures().ifPresent(this::print);
    report.problems().forEach(p -> line("%nWRONG: %s", p));
    if (report.problems().isEmpty()) {
      boolean ahead =
          report.figures().stream()
              .flatMap(figures -> figures.freshness().stream())
              .anyMatch(StatusPrinter::isAhead);
      line(ahead ? "%nAll else is well." : "%nAll is well.");
    }
  }

  private static String running(PartState part) {
    String pid = "running, pid " + part.pid();
    return part.address().isEmpty() ? pid : "%-20s %s".formatted(pid, part.address());
  }

  private void print(JobState job) {
    line(
        "%-12s %s, %s, %s%s",
        "speed layer",
        job.state().toLowerCase(Locale.ROOT),
        Counted.of(job.restarts(), "restart"),
        Counted.of(job.checkpoints(), "checkpoint"),
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
    for (IncompleteCube one : figures.incomplete()) {
      line("%-12s %s", "cube", text(one));
    }
    for (Freshness part : figures.freshness()) {
      line("%-12s %s", part.part(), text(part));
    }
    print(figures.checks());
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

  private void print(Checks checks) {
    line(
        "%n%-12s %s",
        "batch layer", checks.lastRun().map(StatusPrinter::text).orElse("no run has ended yet"));
    checks.lastAudit().ifPresent(audit -> line("%-12s %s", audit.kind(), text(audit)));
    for (SealedHours sealed : checks.sealed()) {
      line(
          "%-12s %s (%s), the newest %s; not recomputed, late events still reach them",
          "sealed", Counted.of(sealed.hours(), "event hour"), sealed.reason(), sealed.newest());
    }
  }

  /** How far a part of the served numbers has come. */
  static String text(Freshness part) {
    if (part.lagSeconds() < 0 && !isAhead(part)) {
      return "nothing";
    }
    return "newest event "
        + (isAhead(part)
            ? age(part.aheadSeconds()) + " AHEAD OF THE CLOCK: how old others are is not known"
            : age(part.lagSeconds()) + " old")
        + (part.commitsBehind() > 0
            ? ", " + Counted.of(part.commitsBehind(), "commit") + " behind"
            : "");
  }

  /** What a cube does not show yet, and what to do. */
  static String text(IncompleteCube one) {
    return one.commit()
        .map(commit -> one.cube() + " is whole through commit " + commit + " only")
        .orElse(one.cube() + " is shown as it was before")
        .concat(
            ", because it was changed or added: weir batch recomputes it, and 30 s later it is shown");
  }

  private static boolean isAhead(Freshness part) {
    return part.aheadSeconds() > CLOCKS_DIFFER_SECONDS;
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
  public static String text(BatchRun run) {
    String name = run.kind() + " " + run.version();
    if (run.state().equals("nothing-changed")) {
      return name + ": nothing had changed";
    }
    return run.kind().equals("run") ? recomputed(name, run) : name + " " + run.state() + other(run);
  }

  private static String recomputed(String name, BatchRun run) {
    return String.format(
        Locale.ROOT,
        "%s %s: %s from %s; %s",
        name,
        run.state(),
        Counted.of(run.hours(), "hour"),
        Counted.of(run.rows(), "row"),
        run.disagreements() == 0 ? agreement(run) : disagreements(run).toUpperCase(Locale.ROOT));
  }

  private static String other(BatchRun run) {
    if (run.message() != null) {
      return ": " + run.message();
    }
    if (run.disagreements() > 0) {
      return ": mended " + disagreements(run);
    }
    return run.compared() == 0 ? "" : ": " + agreement(run);
  }

  private static String agreement(BatchRun run) {
    return run.keysCompared() > 0
        ? "both views agree (" + Counted.of(run.keysCompared(), "key") + " compared)"
        : String.format(
            Locale.ROOT, "the layers agree (%,d rows, keys and commits compared)", run.compared());
  }

  private static String disagreements(BatchRun run) {
    return Counted.of(run.disagreements(), "disagreement");
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
