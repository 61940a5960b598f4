package dev.weir.serving.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A due time of a report, and what became of it: a row of {@code weir.report_run}.
 *
 * @param asked whether an operator asked for it
 * @param range what it is about
 * @param attempts how often it was claimed
 * @param failures attempts that failed
 * @param nextAttemptAt null where there will be none
 * @param deliveredTo where it has arrived: {@code folder}, {@code email}
 * @param files names of its files
 * @param message what went wrong or what it waits for; null where there is nothing to say
 */
record ReportRun(
    long id,
    String report,
    Instant dueAt,
    boolean asked,
    Span.Range range,
    State state,
    int attempts,
    int failures,
    Instant nextAttemptAt,
    List<String> deliveredTo,
    List<String> files,
    String message,
    Instant updatedAt) {
  ReportRun {
    deliveredTo = List.copyOf(deliveredTo);
    files = List.copyOf(files);
  }

  /** See the table's comments. */
  enum State {
    DUE,
    RUNNING,
    SENDING,
    WAITING,
    FAILED,
    DELIVERED,
    GIVEN_UP,
    UNKNOWN;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** In another state. */
  ReportRun with(State next, Instant attemptAt, String why) {
    return new ReportRun(
        id,
        report,
        dueAt,
        asked,
        range,
        next,
        attempts,
        failures,
        attemptAt,
        deliveredTo,
        files,
        why,
        updatedAt);
  }

  /** After a failure: to be attempted again, or given up where there is no time for it. */
  ReportRun failed(Instant attemptAt, String why) {
    return new ReportRun(
        id,
        report,
        dueAt,
        asked,
        range,
        attemptAt == null ? State.GIVEN_UP : State.FAILED,
        attempts,
        failures + 1,
        attemptAt,
        deliveredTo,
        files,
        why,
        updatedAt);
  }

  /** After it arrived somewhere. */
  ReportRun arrived(String place, List<String> names) {
    List<String> places = new ArrayList<>(deliveredTo);
    places.add(place);
    return new ReportRun(
        id,
        report,
        dueAt,
        asked,
        range,
        State.RUNNING,
        attempts,
        failures,
        null,
        places,
        names,
        message,
        updatedAt);
  }
}
