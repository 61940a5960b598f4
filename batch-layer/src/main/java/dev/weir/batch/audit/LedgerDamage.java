package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;

/**
 * A row of ledger or manifest that is not what the journal says, or a place where the log's chain
 * is broken.
 *
 * @param commit it belongs to
 * @param hourMillis its event hour, epoch milliseconds; null where it has none
 */
public record LedgerDamage(Kind kind, long commit, Long hourMillis, String detail)
    implements Damage {

  /** What is damaged, which says how it is mended. */
  public enum Kind {
    /** The journal has an entry that says something else: restored from it. */
    DIFFERS_FROM_JOURNAL,
    /** The journal has no entry of the commit: written again from ledger and manifest. */
    NOT_IN_JOURNAL,
    /** Neither ledger nor journal know the commit that the manifest names: the file is unlisted. */
    UNKNOWN_COMMIT,
    /** The head is not the last commit: set to it. */
    HEAD,
    /** A commit does not follow the one before it: one is missing from ledger and journal alike. */
    BROKEN_CHAIN
  }

  @Override
  public Check check() {
    String subject = kind == Kind.HEAD ? "head" : "commit " + commit;
    return Check.differs(CheckName.LEDGER, hourMillis, subject, 1, detail);
  }
}
