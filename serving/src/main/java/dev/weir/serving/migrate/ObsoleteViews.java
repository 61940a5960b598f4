package dev.weir.serving.migrate;

import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops views of cubes and dimensions that are not declared any more: they would go on showing what
 * was true once. Their rows stay in the layers' tables.
 */
final class ObsoleteViews {
  private static final Logger LOG = LoggerFactory.getLogger(ObsoleteViews.class);
  private static final String DEPENDENT_OBJECTS = "2BP01";

  private final Connection connection;

  ObsoleteViews(Connection connection) {
    this.connection = connection;
  }

  /**
   * Drops those that are not among the declared ones; one that something else depends on stays, and
   * a warning names it.
   *
   * @param declared names of views as {@link CubeViews.View} has them
   * @param waiting cubes that still show their old definition, whose views all stay
   */
  void drop(Set<String> declared, Set<String> waiting) throws SQLException {
    for (String view : obsolete(declared, waiting)) {
      Savepoint before = connection.setSavepoint();
      try {
        Migration.execute(connection, "DROP VIEW " + view);
        LOG.info("{} is gone: it is not declared any more", view);
      } catch (SQLException e) {
        if (!DEPENDENT_OBJECTS.equals(e.getSQLState())) {
          throw e;
        }
        connection.rollback(before);
        LOG.warn(
            "{} is not declared any more and gets no new rows, but something depends on it: {}."
                + " Drop both when nobody needs them",
            view,
            e.getMessage());
      }
    }
  }

  private List<String> obsolete(Set<String> declared, Set<String> waiting) throws SQLException {
    List<String> obsolete = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(SqlTemplate.text("db/registration/views_of_cubes.sql"))) {
      while (row.next()) {
        String cube = row.getString("cube");
        if (cube != null && !declared.contains(row.getString("view")) && !waiting.contains(cube)) {
          obsolete.add(row.getString("view"));
        }
      }
    }
    return obsolete;
  }
}
