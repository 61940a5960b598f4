package dev.weir.serving.migrate;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.serving.rollup.Grouping;
import dev.weir.serving.rollup.RollUpTables;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a merged view together from its parts, each of which is a script under {@code db/view/part}:
 * what is published, rolled up, committed and live. Every event is in exactly one of them.
 */
final class MergedParts {
  private static final String PUBLISHED = "0";
  private static final String COMMITTED = "1";
  private static final String LIVE = "2";

  /** A roll-up's row knows how final it is. */
  private static final String AS_ROLLED_UP = "p._part";

  private final Map<String, String> values = new HashMap<>();
  private final Grouping grouping;
  private final Grain grain;

  MergedParts(Cube cube, CubeTables tables, Grouping grouping, Grain grain) {
    this.grouping = grouping;
    this.grain = grain;
    RollUpTables rollUps = new RollUpTables(tables);
    values.put("cube", SqlNames.literal(cube.name()));
    values.put("definition", SqlNames.literal(cube.definitionHash()));
    values.put("grouping", Integer.toString(grouping.number()));
    boolean minutes = grain == Grain.MINUTE;
    values.put("batch_table", minutes ? tables.batchMinuteTable() : tables.batchHourTable());
    values.put("rollup_table", minutes ? rollUps.minute() : rollUps.hour());
    values.put("rollup_day_table", rollUps.day());
    values.put("rolled_up_so", minutes ? "r.minutes" : "true");
    values.put("missing_so", minutes ? "true" : "NOT n.except_minutes");
    values.put("speed_table", tables.speedTable());
    values.put("live_table", tables.liveTable());
    values.put("day", Grain.DAY.bucket());
    values.put("other_day", grain == Grain.DAY ? from("other_day") : "true");
    values.put("unsettled", from("unsettled"));
  }

  /** The statement that creates the view. */
  String create(String view, CubeShape shape) {
    List<String> merged = new ArrayList<>();
    String settled = null;
    if (grain == Grain.DAY) {
      merged.add(rows(shape, "p.bucket", PUBLISHED, "rolled_up_days"));
    }
    if (!grouping.whole()) {
      String notRolledUp = rows(shape, grain.addedUp(), PUBLISHED, "published_not_rolled_up");
      // Looked for once: it takes all hours of history.
      merged.add("(\n" + from("missing") + "\n" + notRolledUp + ")\n");
    } else if (grain == Grain.DAY) {
      merged.add(rows(shape, grain.addedUp(), PUBLISHED, "published_of_other_days"));
    } else {
      settled = rows(shape, grain.addedUp(), PUBLISHED, "published_settled");
      merged.add(rows(shape, grain.addedUp(), PUBLISHED, "published_unsettled"));
    }
    merged.add(rows(shape, grain.addedUp(), AS_ROLLED_UP, "rolled_up"));
    merged.add(rows(shape, grain.bucket(), COMMITTED, "committed"));
    merged.add(rows(shape, grain.bucket(), LIVE, "live"));
    String rows = fill("part/merged", shape, Map.of("rows", String.join("UNION ALL\n", merged)));
    return fill(
        "cube",
        shape,
        Map.of("view", view, "rows", settled == null ? rows : settled + "UNION ALL\n" + rows));
  }

  private String rows(CubeShape shape, String bucket, String finality, String part) {
    return fill("part/rows", shape, Map.of("bucket", bucket, "part", finality, "from", from(part)));
  }

  private String from(String part) {
    return SqlTemplate.load("db/view/part/" + part + ".sql").fill(values, Map.of()).stripTrailing();
  }

  private static String fill(String script, CubeShape shape, Map<String, String> values) {
    return SqlTemplate.load("db/view/" + script + ".sql").fill(values, shape.elements());
  }
}
