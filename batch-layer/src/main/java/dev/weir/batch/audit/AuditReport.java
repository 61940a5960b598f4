package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an audit found.
 *
 * @param damages all, in the order of the checks
 * @param notes files that nothing lists; no number is wrong because of them
 * @param agreed comparisons that found nothing, with how much was compared
 */
public record AuditReport(List<Damage> damages, List<Check> notes, List<Check> agreed) {
  public AuditReport {
    damages = List.copyOf(damages);
    notes = List.copyOf(notes);
    agreed = List.copyOf(agreed);
  }

  /** Whether nothing is damaged. */
  public boolean clean() {
    return damages.isEmpty();
  }

  /** The damages of one kind. */
  public <T extends Damage> List<T> of(Class<T> kind) {
    return damages.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** All, to be kept. */
  public List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    Stream.of(damages.stream().map(Damage::check), notes.stream(), agreed.stream())
        .forEach(part -> part.forEach(checks::add));
    return checks;
  }
}
