package dev.weir.serving.migrate;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.rollup.Grouping;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.DefinitionMark;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes the SQL of a cube's merged views: {@code serving.<cube>_minute}, {@code _hour} and {@code
 * _day}, and the same with fewer dimensions, which read roll-ups: {@code rollup.<cube>_total_day},
 * {@code rollup.<cube>_by_<dimension>_day}.
 */
final class CubeViews {
  private static final SqlTemplate COMMENTS = SqlTemplate.load("db/view/cube_comments.sql");

  /** PostgreSQL cuts longer names silently. */
  private static final int MAX_NAME = 63;

  private final Pipeline pipeline;

  CubeViews(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * One view.
   *
   * @param name schema-qualified
   * @param definition a text that its comment carries, equal exactly for the same definition of the
   *     cube
   * @param fingerprint a text that its comment carries, equal exactly for the same script
   */
  record View(String name, String definition, String fingerprint, String create, String comments) {}

  /** The views of a cube, in the order they are created; the first is its minutes. */
  List<View> views(Cube cube) {
    List<View> views = new ArrayList<>();
    CubeTables tables = CubeTables.of(pipeline, cube);
    CubeShape shape = CubeShape.of(cube);
    for (Grouping grouping : Grouping.of(shape.dimensions())) {
      for (Grain grain : Grain.values()) {
        String name = cube.name() + grouping.ending() + "_" + grain.name().toLowerCase(Locale.ROOT);
        if (name.length() <= MAX_NAME) {
          String schema = grouping.whole() ? "serving." : "rollup.";
          MergedParts parts = new MergedParts(cube, tables, grouping, grain);
          CubeShape columns = shape.withDimensions(grouping.dimensions());
          views.add(view(schema + SqlNames.quote(name), cube, columns, grouping, grain, parts));
        }
      }
    }
    return views;
  }

  private static View view(
      String name, Cube cube, CubeShape shape, Grouping grouping, Grain grain, MergedParts parts) {
    String create = parts.create(name, shape);
    String definition = DefinitionMark.of(cube.definitionHash());
    String text = text(cube, grouping, grain);
    String fingerprint = fingerprint(create + comments(shape, name, grain, text));
    String comments =
        comments(shape, name, grain, text + " (" + definition + ", " + fingerprint + ")");
    return new View(name, definition, fingerprint, create, comments);
  }

  private static String text(Cube cube, Grouping grouping, Grain grain) {
    String dimensions =
        grouping.whole()
            ? ""
            : grouping.dimensions().isEmpty()
                ? " over all dimensions"
                : " and " + grouping.dimensions().get(0);
    return "Cube "
        + cube.name()
        + " by "
        + grain.name().toLowerCase(Locale.ROOT)
        + dimensions
        + ": recomputed, committed and live events merged, each counted once";
  }

  private static String comments(CubeShape shape, String view, Grain grain, String text) {
    Map<String, String> texts = new HashMap<>();
    texts.put("view", view);
    texts.put("view_text", SqlNames.literal(text));
    texts.put("bucket_text", SqlNames.literal(grain.bucketText()));
    return COMMENTS.fill(texts, shape.elements());
  }

  /** A text for a view's comment, equal for equal scripts. */
  static String fingerprint(String script) {
    CRC32 crc = new CRC32();
    crc.update(script.getBytes(StandardCharsets.UTF_8));
    return String.format("script %08x", crc.getValue());
  }
}
