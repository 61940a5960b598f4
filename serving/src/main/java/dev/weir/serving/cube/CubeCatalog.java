package dev.weir.serving.cube;

import dev.weir.db.CubeTable;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.http.NotDeclaredException;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.DefinitionMark;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the declared cubes and what their views show of them right now. */
@Component
public class CubeCatalog {
  private static final SqlTemplate STATE = SqlTemplate.load("db/query/cube_state.sql");

  private final Map<String, CubeShape> declared = new LinkedHashMap<>();
  private final Map<String, CubeShape> lastShown = new ConcurrentHashMap<>();
  private final JdbcClient database;

  CubeCatalog(Pipeline pipeline, JdbcClient database) {
    this.database = database;
    pipeline.cubes().forEach(cube -> declared.put(cube.name(), CubeShape.of(cube)));
  }

  /** Names of the declared cubes, in order. */
  public List<String> names() {
    return List.copyOf(declared.keySet());
  }

  /**
   * A cube as it is declared, whether its views show that already or not.
   *
   * @throws NotDeclaredException if there is no such cube
   */
  public CubeShape declared(String cube) {
    CubeShape shape = declared.get(cube);
    if (shape == null) {
      throw new NotDeclaredException(
          "There is no cube " + cube + "; the cubes are " + String.join(", ", names()) + ".");
    }
    return shape;
  }

  /**
   * What a cube's views show, under the definition that they show. While a changed definition is
   * being backfilled that is still the one before; what only the new one has is left out then.
   *
   * @throws NotDeclaredException if there is no such cube
   */
  public CubeShape shown(String cube) {
    return state(cube).shape();
  }

  /**
   * What is served of a cube now, in one short statement: its live rows are looked for where they
   * were the last time, and again only when the views show another definition by now.
   *
   * @throws NotDeclaredException if there is no such cube
   */
  ServedState state(String cube) {
    CubeShape shape = declared(cube);
    CubeShape expected = lastShown.getOrDefault(cube, shape);
    try {
      ServedState state = state(shape, expected);
      while (!state.shape().definitionHash().equals(expected.definitionHash())) {
        expected = state.shape();
        state = state(shape, expected);
      }
      lastShown.put(cube, expected);
      return state;
    } catch (BadSqlGrammarException e) {
      // Somebody may have dropped the tables of a definition that is not shown any more.
      lastShown.remove(cube);
      throw e;
    }
  }

  private ServedState state(CubeShape declared, CubeShape expected) {
    return database
        .sql(STATE.fill(Map.of("live_table", expected.table(CubeTable.LIVE)), Map.of()))
        .param("view", view(declared.cube(), Granularity.MINUTE))
        .query((row, number) -> state(declared, row))
        .single();
  }

  private static ServedState state(CubeShape declared, ResultSet row) throws SQLException {
    String[] columns = (String[]) row.getArray("columns").getArray();
    Integer[] scales = (Integer[]) row.getArray("scales").getArray();
    Map<String, Integer> shown = new HashMap<>();
    for (int i = 0; i < columns.length; i++) {
      shown.put(columns[i], scales[i]);
    }
    Timestamp[] live = (Timestamp[]) row.getArray("live").getArray();
    return new ServedState(
        shown(declared, shown, row.getString("comment")),
        row.getString("state"),
        row.getString("coverage"),
        Arrays.stream(live).map(Timestamp::toInstant).toList());
  }

  /**
   * What is declared and there, as it is there.
   *
   * @param columns of the view, each with its decimal places; null where it has none
   */
  private static CubeShape shown(CubeShape shape, Map<String, Integer> columns, String comment) {
    return new CubeShape(
        shape.cube(),
        DefinitionMark.in(comment).orElse(shape.definitionHash()),
        shape.dimensions().stream().filter(columns::containsKey).toList(),
        shape.columns().stream()
            .filter(column -> columns.containsKey(column.name()))
            .map(column -> column.withScale(columns.get(column.name())))
            .toList());
  }

  /** Whether this is an earlier definition of a declared cube than the declared one. */
  public boolean backfilling(CubeShape shown) {
    return !declared.get(shown.cube()).definitionHash().equals(shown.definitionHash());
  }

  static String view(String cube, Granularity granularity) {
    return "serving." + SqlNames.quote(cube + "_" + granularity.text());
  }
}
