package dev.weir.batch.recompute;

import dev.weir.archive.ArchiveFile;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import java.util.List;
import java.util.Map;

/**
 * What recomputing one event hour came to.
 *
 * @param hour position in the plan's hours
 * @param passed whether its rows are written and it may be published
 * @param rows read
 * @param duplicates dropped
 * @param compacted files written for it; empty where there was nothing new to compact
 * @param arrivals rows of newly counted commits by source
 * @param folded events added to a sealed hour without being read; 0 for any other
 */
public record HourOutcome(
    int hour,
    boolean passed,
    List<Check> checks,
    long rows,
    long duplicates,
    List<ArchiveFile> compacted,
    Map<String, Long> arrivals,
    long folded)
    implements HourPart {
  private static final long serialVersionUID = 1L;

  public HourOutcome {
    checks = List.copyOf(checks);
    compacted = List.copyOf(compacted);
    arrivals = Map.copyOf(arrivals);
  }

  /** An hour that was not recomputed, because of these checks. */
  public static HourOutcome heldBack(int hour, List<Check> checks) {
    return new HourOutcome(hour, false, checks, 0, 0, List.of(), Map.of(), 0);
  }

  /** How many keys were compared with the speed view. */
  public long keysCompared() {
    return checks.stream()
        .filter(check -> check.name() == CheckName.SPEED_EQUALS_ARCHIVE)
        .mapToLong(Check::compared)
        .sum();
  }

  /** Whether every comparison agreed. */
  public boolean agreed() {
    return checks.stream().allMatch(Check::agrees);
  }
}
