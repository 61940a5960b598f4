package dev.weir.serving.cube;

import dev.weir.pipeline.Pipeline;
import dev.weir.serving.http.NotDeclaredException;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the declared cubes and what their views show of them right now. */
@Component
public class CubeCatalog {
  private static final String COLUMNS = SqlTemplate.text("db/query/shown_columns.sql");

  /** What the comment of each view says. */
  private static final Pattern DEFINITION = Pattern.compile("\\bdefinition ([0-9a-f]{16})\\b");

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
    CubeShape shape = declared(cube);
    return database
        .sql(COLUMNS)
        .param("view", view(cube, Granularity.MINUTE))
        .query(
            (row, number) ->
                shown(
                    shape,
                    Set.copyOf(Arrays.asList((String[]) row.getArray("columns").getArray())),
                    row.getString("comment")))
        .single();
  }

  private static CubeShape shown(CubeShape shape, Set<String> columns, String comment) {
    Matcher definition = DEFINITION.matcher(comment == null ? "" : comment);
    return new CubeShape(
        shape.cube(),
        definition.find() ? definition.group(1) : shape.definitionHash(),
        shape.dimensions().stream().filter(columns::contains).toList(),
        shape.columns().stream().filter(column -> columns.contains(column.name())).toList());
  }

  /** Whether this is an earlier definition of a declared cube than the declared one. */
  public boolean backfilling(CubeShape shown) {
    return !declared.get(shown.cube()).definitionHash().equals(shown.definitionHash());
  }

  static String view(String cube, Granularity granularity) {
    return "serving." + SqlNames.quote(cube + "_" + granularity.text());
  }
}
