package dev.weir.faults.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;

/**
 * Statements that are wrong in a known way: proof that the permutations would find it.
 *
 * @param statements executed one by one, each on its own unless there is a BEGIN
 */
record SqlActor(String name, List<String> statements) implements Actor {
  SqlActor {
    statements = List.copyOf(statements);
  }

  @Override
  public Outcome act(Stage stage, String database) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(database, stage.database().user(), "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      return Outcome.done("done");
    }
  }
}
