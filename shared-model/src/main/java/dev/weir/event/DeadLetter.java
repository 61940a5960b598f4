package dev.weir.event;

import java.util.Objects;

/**
 * A rejected record with its bytes and the reason.
 *
 * @param detail what was wrong and where, for a person to read
 */
public record DeadLetter(RawRecord record, RejectReason reason, String detail) {
  public DeadLetter {
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }
}
