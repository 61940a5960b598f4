package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;

/** Something that is not as it was written, and its place. */
public sealed interface Damage
    permits LedgerDamage, CompactionDamage, CoverageDamage, FileDamage, RowDamage, CountDamage {

  /** As {@code weir.reconciliation} keeps it. */
  Check check();
}
