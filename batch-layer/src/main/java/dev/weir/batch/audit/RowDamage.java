package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;

/**
 * Rows of one event hour in a cube table that are not those that were written.
 *
 * @param cube position in the pipeline's cubes
 * @param table its qualified name
 * @param tag commit of speed rows, version of batch rows
 */
public record RowDamage(
    int cube, RowLayer layer, String table, long hourMillis, long tag, long noted, String detail)
    implements Damage {

  @Override
  public Check check() {
    return Check.differs(
        CheckName.ROWS_UNALTERED,
        hourMillis,
        table,
        noted,
        "rows of " + layer.tagged() + " " + tag + " " + detail);
  }
}
