package dev.weir.batch;

import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.audit.Damage;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.wording.Counted;
import java.time.Instant;
import java.util.List;

/** What an audit found, in lines for a person. */
final class AuditText {
  private AuditText() {}

  /** One line for each damage, marked with an exclamation mark, and for each note. */
  static String findings(AuditReport report) {
    StringBuilder text = new StringBuilder();
    for (Damage damage : report.damages()) {
      text.append(line(damage));
    }
    for (Check note : report.notes()) {
      text.append("(").append(line(note)).append(")\n");
    }
    return text.toString();
  }

  /** A damage's line. */
  static String line(Damage damage) {
    return "! " + line(damage.check()) + "\n";
  }

  /** What was compared and agreed. */
  static String agreed(AuditReport report) {
    StringBuilder text = new StringBuilder();
    for (Check check : report.agreed()) {
      text.append(check.name().stored())
          .append(": ")
          .append(check.subject())
          .append(", ")
          .append(check.compared())
          .append(" compared, all agree\n");
    }
    return text.toString();
  }

  /** How many. */
  static String damages(List<Damage> damages) {
    return Counted.of(damages.size(), "damage");
  }

  private static String line(Check check) {
    String hour =
        check.hourMillis() == null
            ? ""
            : "event hour " + Instant.ofEpochMilli(check.hourMillis()) + ": ";
    return check.name().stored() + ": " + hour + check.subject() + " " + check.detail();
  }
}
