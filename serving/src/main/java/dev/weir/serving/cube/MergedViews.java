package dev.weir.serving.cube;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Statements on the merged views and the tables below them, which have a partition for each day.
 */
final class MergedViews {
  private static final String PLANNED_ANEW = "SET LOCAL plan_cache_mode = force_custom_plan";

  private MergedViews() {}

  /**
   * A statement that is planned for the values that it binds, as are all that follow it in the
   * caller's transaction: a plan for any range would read all partitions.
   */
  static StatementSpec ask(JdbcClient database, String sql) {
    database.sql(PLANNED_ANEW).update();
    return database.sql(sql);
  }
}
