package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;

/**
 * Which version serves an event hour, or what it has absorbed, was altered.
 *
 * @param hourMillis event hour; null where it concerns all of a cube
 * @param subject the table, and the cube where it has one
 */
public record CoverageDamage(Long hourMillis, String subject, String detail) implements Damage {

  @Override
  public Check check() {
    return Check.differs(CheckName.ROWS_UNALTERED, hourMillis, subject, 1, detail);
  }
}
