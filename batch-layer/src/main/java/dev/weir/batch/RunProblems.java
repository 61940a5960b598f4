package dev.weir.batch;

import dev.weir.batch.audit.HeldBack;
import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.select.HourPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What went wrong in a run, one line each: causes come before what follows from them. */
final class RunProblems {
  private static final int NAMED = 5;

  private RunProblems() {}

  /**
   * The lines.
   *
   * @param conservation comparisons that concern no single hour, and what damage of ledger and
   *     manifest holds back
   */
  static List<String> of(
      List<HourPlan> hours, List<HourOutcome> outcomes, List<Check> conservation) {
    List<Check> log = ofLog(conservation, true);
    List<Check> heldBack = log.stream().filter(HeldBack::isOnlyHeldBack).toList();
    List<String> problems = new ArrayList<>();
    log.stream()
        .filter(check -> !HeldBack.isOnlyHeldBack(check))
        .forEach(check -> problems.add(check.subject() + ": " + check.detail()));
    if (!heldBack.isEmpty()) {
      problems.add(
          notPublished(heldBack)
              + ": "
              + heldBack.get(0).subject()
              + " "
              + heldBack.get(0).detail());
    }
    for (HourOutcome outcome : outcomes) {
      for (Check check : outcome.checks()) {
        if (!check.agrees()) {
          problems.add(
              "event hour "
                  + hours.get(outcome.hour()).hour()
                  + (outcome.passed() ? " was published although " : " was not published: ")
                  + check.subject()
                  + " "
                  + check.detail());
        }
      }
    }
    ofLog(conservation, false)
        .forEach(
            check -> problems.add("conservation of " + check.subject() + ": " + check.detail()));
    return problems;
  }

  /** Those that do not agree, of ledger and manifest or of the counters. */
  private static List<Check> ofLog(List<Check> checks, boolean log) {
    return checks.stream()
        .filter(check -> !check.agrees() && (check.name() == CheckName.LEDGER) == log)
        .toList();
  }

  private static String notPublished(List<Check> heldBack) {
    String named =
        heldBack.stream()
            .limit(NAMED)
            .map(check -> Instant.ofEpochMilli(check.hourMillis()).toString())
            .collect(Collectors.joining(", "));
    int more = heldBack.size() - NAMED;
    return heldBack.size() == 1
        ? "event hour " + named + " was not published"
        : "event hours "
            + named
            + (more > 0 ? " and " + more + " more" : "")
            + " were not published";
  }
}
