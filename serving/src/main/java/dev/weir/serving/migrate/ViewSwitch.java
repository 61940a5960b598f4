package dev.weir.serving.migrate;

import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which definition of a cube its merged views show, and puts those views in place, inside
 * the caller's transaction. The old definition stays until the new one has every hour, so that no
 * reader sees history vanish.
 */
final class ViewSwitch {
  /**
   * Columns were removed, renamed, reordered or have another type: the view cannot be replaced in
   * place.
   */
  private static final String INVALID_TABLE_DEFINITION = "42P16";

  private final Connection connection;
  private final Pipeline pipeline;
  private final CubeViews scripts;

  ViewSwitch(Connection connection, Pipeline pipeline) {
    this.connection = connection;
    this.pipeline = pipeline;
    this.scripts = new CubeViews(pipeline);
  }

  /**
   * Shows the declared definition if it is complete or nothing is shown yet; keeps what is there
   * otherwise.
   *
   * @return whether the declared definition is shown now
   * @throws SQLException if a view cannot be put in place; what to do about it depends on its state
   */
  boolean show(Cube cube) throws SQLException {
    List<CubeViews.View> views = scripts.views(cube);
    CubeViews.View first = views.get(0);
    String comment = comment(connection, first.name());
    if (comment != null && !comment.contains(first.definition()) && !hasEverything(cube, true)) {
      return false;
    }
    for (CubeViews.View view : views) {
      comment = comment(connection, view.name());
      if (comment == null || !comment.contains(view.fingerprint())) {
        create(view, comment != null);
      }
    }
    return true;
  }

  /** Names of all views that the declaration asks for. */
  Set<String> declared() {
    return pipeline.cubes().stream()
        .flatMap(cube -> scripts.views(cube).stream())
        .map(CubeViews.View::name)
        .collect(Collectors.toSet());
  }

  private void create(CubeViews.View view, boolean exists) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      Migration.execute(connection, view.create());
    } catch (SQLException e) {
      if (!exists || !INVALID_TABLE_DEFINITION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      Migration.execute(connection, "DROP VIEW " + view.name());
      Migration.execute(connection, view.create());
    }
    Migration.execute(connection, view.comments());
  }

  /** The view's comment; null when there is no such view. */
  static String comment(Connection connection, String view) throws SQLException {
    return one(connection, "db/registration/view_comment.sql", String.class, view);
  }

  /** Notes of a definition that lacked commits that it does not any more. */
  void noteIfComplete(Cube cube) throws SQLException {
    var unused = hasEverything(cube, false);
  }

  /**
   * @param inAnyCase whether it is to be looked at although it lacks no commit as far as is noted
   */
  private boolean hasEverything(Cube cube, boolean inAnyCase) throws SQLException {
    // No answer at all: the declaration was changed and not migrated yet.
    return Boolean.TRUE.equals(
        one(
            connection,
            "db/registration/complete.sql",
            Boolean.class,
            inAnyCase,
            cube.name(),
            cube.definitionHash()));
  }

  private static <T> T one(Connection connection, String script, Class<T> type, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SqlTemplate.text(script))) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getObject(1, type) : null;
      }
    }
  }
}
