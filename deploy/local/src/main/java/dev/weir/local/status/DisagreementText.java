package dev.weir.local.status;

import dev.weir.local.status.ServedFigures.Disagreement;
import java.util.List;
import java.util.Locale;

/** What is wrong and where, for a person to read: the first places, and where to read all. */
final class DisagreementText {
  private static final String ALL = "weir sql \"SELECT * FROM serving.disagreements\"";

  private DisagreementText() {}

  /**
   * The text.
   *
   * @param number of all disagreements
   * @param first at least one of them
   */
  static String of(long number, List<Disagreement> first) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d disagreement%s between archive, ledger and tables:",
            number,
            number == 1 ? "" : "s"));
    for (Disagreement one : first) {
      text.append("\n  ").append(one.check()).append(": ").append(one.subject());
      if (one.eventHour() != null) {
        text.append(", event hour ").append(one.eventHour());
      }
      text.append(one.detail() == null ? "" : ": " + one.detail());
      text.append(" (").append(one.kind()).append(' ').append(one.version()).append(')');
    }
    if (number > first.size()) {
      text.append("\n  and ").append(number - first.size()).append(" more: ").append(ALL);
    }
    return text.append("\n  weir repair mends what can be mended.").toString();
  }
}
