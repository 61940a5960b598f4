package dev.weir.serving.rollup;

import java.util.List;

/**
 * What a comparison of roll-ups with what is served found.
 *
 * @param damages all that differs
 * @param rows that were compared
 * @param leftOut event hours and days of too many series to be compared
 */
public record RollUpReport(List<RollUpDamage> damages, long rows, long leftOut) {
  public RollUpReport {
    damages = List.copyOf(damages);
  }

  /** Whether nothing differs. */
  public boolean clean() {
    return damages.isEmpty();
  }
}
