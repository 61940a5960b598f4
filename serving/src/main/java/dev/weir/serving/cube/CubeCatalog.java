package dev.weir.serving.cube;

import dev.weir.pipeline.Pipeline;
import dev.weir.serving.http.NotDeclaredException;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the declared cubes and what their views show of them right now. */
@Component
public class CubeCatalog {
  private static final String COLUMNS = SqlTemplate.text("db/query/shown_columns.sql");
  private static final String DEFINITION = SqlTemplate.text("db/query/shown_definition.sql");

  private final Map<String, CubeShape> declared = new LinkedHashMap<>();
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
   * What a cube's views show. While a changed definition is being backfilled they still show the
   * one before; what only the new one has is left out then.
   *
   * @throws NotDeclaredException if there is no such cube
   */
  public CubeShape shown(String cube) {
    CubeShape shape = declared.get(cube);
    if (shape == null) {
      throw new NotDeclaredException(
          "There is no cube " + cube + "; the cubes are " + String.join(", ", names()) + ".");
    }
    Set<String> columns =
        database
            .sql(COLUMNS)
            .param("view", view(cube, Granularity.MINUTE))
            .query(String.class)
            .set();
    return shape
        .withDimensions(shape.dimensions().stream().filter(columns::contains).toList())
        .withColumns(column -> columns.contains(column.name()));
  }

  /** Whether the views still show an earlier definition of a declared cube. */
  public boolean backfilling(String cube) {
    return !database
        .sql(DEFINITION)
        .param("view", view(cube, Granularity.MINUTE))
        .param("definition", declared.get(cube).definitionHash())
        .query(Boolean.class)
        .single();
  }

  static String view(String cube, Granularity granularity) {
    return "serving." + SqlNames.quote(cube + "_" + granularity.text());
  }
}
