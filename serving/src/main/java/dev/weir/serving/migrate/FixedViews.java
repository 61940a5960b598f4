package dev.weir.serving.migrate;

import dev.weir.serving.sql.SqlNames;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Puts views in place that no declaration changes, inside the caller's transaction. One that is
 * there in the same form is left alone: replacing it would wait for everyone who reads it, and hold
 * up everyone who wants to.
 */
final class FixedViews {
  private final Connection connection;

  FixedViews(Connection connection) {
    this.connection = connection;
  }

  /**
   * Applies a script unless its first view is there and says that it is of this script.
   *
   * @param view schema-qualified name of the script's first view; its comment is given the script's
   *     fingerprint
   */
  void show(String view, String script) throws SQLException {
    String fingerprint = CubeViews.fingerprint(script);
    String comment = ViewSwitch.comment(connection, view);
    if (comment != null && comment.contains(fingerprint)) {
      return;
    }
    Migration.execute(connection, script);
    Migration.execute(
        connection,
        "COMMENT ON VIEW %s IS %s"
            .formatted(
                view,
                SqlNames.literal(ViewSwitch.comment(connection, view) + " (" + fingerprint + ")")));
  }
}
