package dev.weir.batch;

import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.select.HourPlan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a run did, for the person who started it.
 *
 * @param version it published under
 * @param through last commit absorbed
 * @param hours recomputed; empty if nothing had changed
 * @param outcomes of the hours, in their order
 * @param conservation comparisons that concern no single hour
 * @param warnings what could not be tidied up, and what retention did; what was published is not
 *     affected
 */
public record RunSummary(
    long version,
    long through,
    List<HourPlan> hours,
    List<HourOutcome> outcomes,
    List<Check> conservation,
    List<String> warnings,
    Duration took) {
  private static final int SHOWN_HOURS = 24;
  private static final String ROW = "%-17s %12s %11s %14s %7s  %s%n";

  public RunSummary {
    hours = List.copyOf(hours);
    outcomes = List.copyOf(outcomes);
    conservation = List.copyOf(conservation);
    warnings = List.copyOf(warnings);
  }

  /** Whether everything was published and every comparison agreed. */
  public boolean succeeded() {
    return outcomes.stream().allMatch(outcome -> outcome.passed())
        && conservation.stream().allMatch(Check::agrees);
  }

  /** Hours that were published. */
  public int published() {
    return (int) outcomes.stream().filter(HourOutcome::passed).count();
  }

  /** Rows read. */
  public long rows() {
    return outcomes.stream().mapToLong(HourOutcome::rows).sum();
  }

  /** Duplicates dropped. */
  public long duplicates() {
    return outcomes.stream().mapToLong(HourOutcome::duplicates).sum();
  }

  /** What went wrong, one line each. */
  public List<String> problems() {
    return RunProblems.of(hours, outcomes, conservation);
  }

  /** The table and what went wrong. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (outcomes.isEmpty()) {
      boolean heldBack = conservation.stream().anyMatch(check -> check.name() == CheckName.LEDGER);
      text.append(
          heldBack
              ? "Nothing was published: every event hour that changed is held back.\n"
              : String.format(
                  Locale.ROOT,
                  "Nothing changed: every event hour has absorbed its commits up to %d. (%.1f s)%n",
                  through,
                  seconds()));
      problems().forEach(problem -> text.append("! ").append(problem).append('\n'));
      warnings.forEach(warning -> text.append("(").append(warning).append(")\n"));
      return text.toString();
    }
    text.append(
        String.format(
            ROW, "event hour (UTC)", "rows", "duplicates", "keys compared", "agreed", "result"));
    int hidden = 0;
    for (HourOutcome outcome : outcomes) {
      if (outcome.hour() < SHOWN_HOURS || !outcome.passed() || !outcome.agreed()) {
        text.append(row(outcome));
      } else {
        hidden++;
      }
    }
    if (hidden > 0) {
      text.append("... and ").append(hidden).append(" more event hours, all agreed\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            published() + " of " + outcomes.size(),
            rows(),
            duplicates(),
            outcomes.stream().mapToLong(HourOutcome::keysCompared).sum(),
            yes(outcomes.stream().allMatch(HourOutcome::agreed)),
            String.format(
                Locale.ROOT,
                "version %d, absorbed through commit %d, %.1f s",
                version,
                through,
                seconds())));
    if (duplicates() > 0) {
      text.append(
          "duplicates: events that came again when the speed layer no longer remembered them;"
              + " published hours count them once\n");
    }
    conservation.forEach(check -> text.append(conserved(check)));
    problems().forEach(problem -> text.append("! ").append(problem).append('\n'));
    warnings.forEach(warning -> text.append("(").append(warning).append(")\n"));
    return text.toString();
  }

  private String row(HourOutcome outcome) {
    return String.format(
        ROW,
        hours.get(outcome.hour()).hour().toString().substring(0, 16).replace('T', ' '),
        outcome.rows(),
        outcome.duplicates(),
        outcome.keysCompared(),
        yes(outcome.agreed()),
        !outcome.passed()
            ? "not published"
            : outcome.folded() == 0
                ? "published"
                : "published, " + outcome.folded() + " events added to the sealed hour");
  }

  private static String conserved(Check check) {
    return check.agrees()
        ? "conservation of " + check.subject() + ": " + check.compared() + " counted = archived\n"
        : "";
  }

  private static String yes(boolean agreed) {
    return agreed ? "yes" : "NO";
  }

  private double seconds() {
    return took.toMillis() / 1000.0;
  }
}
