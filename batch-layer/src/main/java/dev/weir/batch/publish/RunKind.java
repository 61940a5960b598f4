package dev.weir.batch.publish;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run of the batch layer is for. All kinds exclude each other. */
public enum RunKind {
  RUN("recompute and publish the event hours that changed; the default"),
  VERIFY("compare archive, ledger and tables with what was noted of them; changes nothing"),
  REPAIR("verify, and recompute the event hours that are damaged"),
  ROLLBACK("serve the version before the published one again"),
  REWIND("remove the commits after --commit");

  private final String purpose;

  RunKind(String purpose) {
    this.purpose = purpose;
  }

  /** As written on the command line and kept in {@code weir.batch_run}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For the command line's help. */
  public String purpose() {
    return purpose;
  }

  /** The kind of that word. */
  public static Optional<RunKind> named(String word) {
    return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> names() {
    return Stream.of(values()).map(RunKind::word).toList();
  }
}
