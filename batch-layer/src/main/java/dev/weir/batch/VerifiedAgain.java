package dev.weir.batch;

import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.audit.Damage;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a repair's last audit says of each place that did not agree before: it agrees now, or the
 * finding stands.
 */
final class VerifiedAgain {
  private VerifiedAgain() {}

  /** A place, as {@code weir.reconciliation} names it. */
  private record Place(CheckName name, Long hourMillis, String subject) {
    static Place of(Check check) {
      return new Place(check.name(), check.hourMillis(), check.subject());
    }
  }

  /**
   * Compares.
   *
   * @param found what the repair compared before and while it mended
   * @param left the audit after it
   * @param notPublished event hours, epoch milliseconds, that could not be published again
   * @return one check for each place that agrees now, and what only the last audit found
   */
  static List<Check> of(List<Check> found, AuditReport left, Set<Long> notPublished) {
    List<Check> still = left.damages().stream().map(Damage::check).toList();
    Set<Place> damaged = new HashSet<>();
    still.forEach(check -> damaged.add(Place.of(check)));
    Set<Place> known = new HashSet<>();
    List<Check> again = new ArrayList<>();
    for (Check check : found) {
      Place place = Place.of(check);
      if (!check.agrees()
          && known.add(place)
          && !damaged.contains(place)
          && (check.hourMillis() == null || !notPublished.contains(check.hourMillis()))) {
        again.add(
            Check.agreed(check.name(), check.hourMillis(), check.subject(), check.compared()));
      }
    }
    still.stream().filter(check -> !known.contains(Place.of(check))).forEach(again::add);
    return again;
  }
}
