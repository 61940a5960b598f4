package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;

/**
 * The manifest's lines of an hour's compacted files are not together what was compacted.
 *
 * @param version that compacted it
 * @param rows of its files together, as noted
 * @param hashSum of its files together, as noted
 */
public record CompactionDamage(
    long hourMillis, long version, long rows, long hashSum, String detail) implements Damage {

  @Override
  public Check check() {
    return Check.differs(
        CheckName.ARCHIVE_COMPLETE, hourMillis, "compaction of version " + version, rows, detail);
  }
}
