package dev.weir.local.status;

import dev.weir.local.runtime.Counted;
import dev.weir.local.status.ServedFigures.Disagreement;
import java.util.List;
import java.util.function.UnaryOperator;

/** What is wrong and where, for a person to read: the first places, and where to read all. */
final class DisagreementText {
  private static final String ALL = "sql \"SELECT * FROM serving.disagreements\"";

  private DisagreementText() {}

  /**
   * The text.
   *
   * @param number of all disagreements
   * @param first at least one of them
   * @param command a command of {@code weir} as a user types it
   */
  static String of(long number, List<Disagreement> first, UnaryOperator<String> command) {
    StringBuilder text = new StringBuilder();
    text.append(Counted.of(number, "disagreement"));
    text.append(" between archive, ledger and tables:");
    for (Disagreement one : first) {
      text.append("\n  ").append(one.check()).append(": ").append(one.subject());
      if (one.eventHour() != null) {
        text.append(", event hour ").append(one.eventHour());
        text.append(one.places() > 1 ? " and " + (one.places() - 1) + " more" : "");
      }
      text.append(one.detail() == null ? "" : ": " + one.detail());
      text.append(" (").append(one.kind()).append(' ').append(one.version()).append(')');
    }
    long more = number - first.stream().mapToLong(Disagreement::places).sum();
    if (more > 0) {
      text.append("\n  and ").append(more).append(" more: ").append(command.apply(ALL));
    }
    return text.append("\n  ")
        .append(command.apply("repair"))
        .append(" mends what can be mended.")
        .toString();
  }
}
