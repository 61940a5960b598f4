package dev.weir.serving.migrate;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.sql.CubeShape;
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
 * Writes the SQL of a cube's merged views {@code serving.<cube>_minute}, {@code _hour} and {@code
 * _day}.
 */
final class CubeViews {
  private static final SqlTemplate VIEW = SqlTemplate.load("db/view/cube.sql");
  private static final SqlTemplate COMMENTS = SqlTemplate.load("db/view/cube_comments.sql");

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

  /** The views of a cube, in the order they are created. */
  List<View> views(Cube cube) {
    List<View> views = new ArrayList<>();
    for (Grain grain : Grain.values()) {
      views.add(view(cube, grain));
    }
    return views;
  }

  private View view(Cube cube, Grain grain) {
    CubeTables tables = CubeTables.of(pipeline, cube);
    CubeShape shape = CubeShape.of(cube);
    String granularity = grain.name().toLowerCase(Locale.ROOT);
    String name = "serving." + SqlNames.quote(cube.name() + "_" + granularity);
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("view", name),
            Map.entry("cube", SqlNames.literal(cube.name())),
            Map.entry("definition", SqlNames.literal(cube.definitionHash())),
            Map.entry(
                "batch_table",
                grain == Grain.MINUTE ? tables.batchMinuteTable() : tables.batchHourTable()),
            Map.entry("speed_table", tables.speedTable()),
            Map.entry("live_table", tables.liveTable()),
            Map.entry("batch_bucket", grain.batchBucket),
            Map.entry("speed_bucket", grain.bucketOf("s")),
            Map.entry("live_bucket", grain.bucketOf("l")));
    String create = VIEW.fill(values, shape.elements());
    String definition = "definition " + cube.definitionHash();
    String withoutFingerprint = comments(shape, values, grain, cube, "");
    String fingerprint = "script " + checksum(create + withoutFingerprint);
    String comments =
        comments(shape, values, grain, cube, " (" + definition + ", " + fingerprint + ")");
    return new View(name, definition, fingerprint, create, comments);
  }

  private static String comments(
      CubeShape shape, Map<String, String> values, Grain grain, Cube cube, String suffix) {
    Map<String, String> withTexts = new HashMap<>(values);
    withTexts.put(
        "view_text",
        SqlNames.literal(
            "Cube "
                + cube.name()
                + " by "
                + grain.name().toLowerCase(Locale.ROOT)
                + ": recomputed, committed and live events merged, each counted once"
                + suffix));
    withTexts.put("bucket_text", SqlNames.literal(grain.bucketText));
    return COMMENTS.fill(withTexts, shape.elements());
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  /**
   * The three lengths of a bucket. The day adds up hours: stored days could match no combination of
   * published hours.
   */
  private enum Grain {
    MINUTE(
        "b.bucket", "%s.bucket", "Start of the minute [start, start + 1 minute), by event time."),
    HOUR("b.bucket", "%s.event_hour", "Start of the hour, by event time."),
    DAY(day("b.event_hour"), day("%s.event_hour"), "Start of the UTC day, by event time.");

    private final String batchBucket;
    private final String otherBucket;
    private final String bucketText;

    Grain(String batchBucket, String otherBucket, String bucketText) {
      this.batchBucket = batchBucket;
      this.otherBucket = otherBucket;
      this.bucketText = bucketText;
    }

    private String bucketOf(String table) {
      return otherBucket.replace("%s", table);
    }

    /**
     * The very expression of the day partitions' CHECK constraint, so that a predicate on it skips
     * partitions.
     */
    private static String day(String hour) {
      return "date_bin(interval '1 day', " + hour + ", timestamptz '1970-01-01 00:00:00Z')";
    }
  }
}
