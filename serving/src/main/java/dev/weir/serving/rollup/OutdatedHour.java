package dev.weir.serving.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/**
 * An event hour whose roll-up is not of what is served.
 *
 * @param start of the hour
 * @param version that is published; 0: none
 * @param absorbed last commit that the version has absorbed; 0: none
 * @param through last commit in the roll-up; null without one that can be continued
 * @param hasMinutes whether its minutes are rolled up
 * @param hasNew whether commits came that neither has
 * @param wantsMinutes whether its minutes are worth rolling up
 */
record OutdatedHour(
    OffsetDateTime start,
    long version,
    long absorbed,
    Long through,
    boolean hasMinutes,
    boolean hasNew,
    boolean wantsMinutes) {

  static OutdatedHour read(ResultSet row) throws SQLException {
    return new OutdatedHour(
        row.getObject("event_hour", OffsetDateTime.class),
        row.getLong("version"),
        row.getLong("absorbed_through"),
        row.getObject("through_commit", Long.class),
        row.getBoolean("has_minutes"),
        row.getBoolean("has_new"),
        row.getBoolean("wants_minutes"));
  }

  /** Whether what came can be added to what is there. */
  boolean continues() {
    return through != null && (hasMinutes || !wantsMinutes);
  }

  /** The last commit that will be in it, when {@code head} is the last of all. */
  long newThrough(long head) {
    return hasNew ? head : through == null ? absorbed : through;
  }
}
