package dev.weir.batch.audit;

import dev.weir.archive.ArchiveKind;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import java.io.Serializable;

/**
 * A listed file that does not hold what the manifest lists for it.
 *
 * @param file its id in the manifest
 * @param hourMillis event hour whose rows are not whole, epoch milliseconds; null for dead letters
 * @param rows listed
 */
public record FileDamage(
    long file, ArchiveKind kind, String path, Long hourMillis, long rows, String detail)
    implements Damage, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public Check check() {
    return Check.differs(CheckName.ARCHIVE_COMPLETE, hourMillis, path, rows, detail);
  }
}
