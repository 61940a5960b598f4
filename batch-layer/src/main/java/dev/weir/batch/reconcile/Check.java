package dev.weir.batch.reconcile;

import java.io.Serializable;

/**
 * The result of one comparison.
 *
 * @param hourMillis event hour compared, epoch milliseconds; null where it concerns all
 * @param subject a file, a cube or a source
 * @param compared how many rows or keys were compared
 * @param detail what differs, for a person to read; null if nothing does
 */
public record Check(
    CheckName name, Long hourMillis, String subject, boolean agrees, long compared, String detail)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A comparison that found no difference. */
  public static Check agreed(CheckName name, Long hourMillis, String subject, long compared) {
    return new Check(name, hourMillis, subject, true, compared, null);
  }

  /** A comparison that found one. */
  public static Check differs(
      CheckName name, Long hourMillis, String subject, long compared, String detail) {
    return new Check(name, hourMillis, subject, false, compared, detail);
  }
}
