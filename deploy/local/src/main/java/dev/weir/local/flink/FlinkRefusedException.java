package dev.weir.local.flink;

import dev.weir.local.runtime.LocalRuntimeException;

/** Flink answered that it does not do what was asked. */
final class FlinkRefusedException extends LocalRuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 600;

  private final String reason;

  /**
   * @param asked what was asked, completes "Flink refused ..."
   * @param reason what Flink says, with the stack trace if there is one
   */
  FlinkRefusedException(String asked, String reason) {
    super("Flink refused " + asked + ": " + reason.substring(0, Math.min(SHOWN, reason.length())));
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
