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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a merged view together from its parts, each of which is a script under {@code db/view/part}:
 * what is published, rolled up, committed and live. Every event is in exactly one of them.
 */
final class MergedParts {
  private static final String PUBLISHED = "0";
  private static final String COMMITTED = "1";
  private static final String LIVE = "2";

  /**
   * A roll-up's row knows how final it is; of the type that other parts have, or the union is not
   * simple.
   */
  private static final String AS_ROLLED_UP = "p._part::int";

  // How a part has percentiles and distinct counts: the kinds of lines of its script.
  private static final String COMPUTED = "computed";
  private static final String UNCOMPUTED = "uncomputed";
  private static final String MERGED = "merged";

  private static final String THROUGH = "(SELECT state.through FROM state)";

  private static final String CURRENT = "(SELECT state.current FROM state)";

  /** That something is added to an hour's row, which p is, and to a day's. */
  private static final String HOUR_SINCE = "p.event_hour IN (SELECT p.event_hour FROM since AS p)";

  private static final String DAY_SINCE =
      "p.bucket IN (SELECT " + Grain.DAY.bucket() + " FROM since AS p)";

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
    values.put("rolled_up_so", minutes ? "u.minutes" : "true");
    values.put("missing_so", minutes ? "true" : "NOT " + CURRENT + " AND NOT n.except_minutes");
    values.put("speed_table", tables.speedTable());
    values.put("live_table", tables.liveTable());
    values.put("day", Grain.DAY.bucket());
    values.put("through", THROUGH);
    values.put("current", CURRENT);
    values.put("days_in_use", from("days_in_use"));
    values.put("other_day", grain == Grain.DAY ? from("other_day") : "true");
  }

  /** Whether rows of roll-ups are served as they are where nothing is added to them. */
  private boolean servesRollUps() {
    return !grouping.whole() || grain == Grain.DAY;
  }

  /** The statement that creates the view. */
  String create(String view, CubeShape shape) {
    List<String> asTheyAre = new ArrayList<>();
    List<String> merged = new ArrayList<>();
    if (grain == Grain.DAY) {
      String days = "rolled_up_days";
      asTheyAre.add(rows(shape, "p.bucket", PUBLISHED, from(days, not(DAY_SINCE)), COMPUTED));
      merged.add(rows(shape, "p.bucket", PUBLISHED, from(days, DAY_SINCE), MERGED));
    }
    String bucket = grain.addedUp();
    if (!grouping.whole()) {
      merged.add(rows(shape, bucket, PUBLISHED, from("published_not_rolled_up"), MERGED));
    } else if (grain == Grain.DAY) {
      merged.add(rows(shape, bucket, PUBLISHED, from("published_of_other_days"), MERGED));
    } else {
      asTheyAre.add(rows(shape, bucket, PUBLISHED, from("published_settled"), COMPUTED));
      merged.add(rows(shape, bucket, PUBLISHED, from("published_unsettled"), MERGED));
    }
    String hours = "rolled_up";
    if (grouping.whole() || grain == Grain.DAY) {
      merged.add(rows(shape, bucket, AS_ROLLED_UP, from(hours, "true"), MERGED));
    } else {
      asTheyAre.add(rows(shape, bucket, AS_ROLLED_UP, from(hours, not(HOUR_SINCE)), COMPUTED));
      merged.add(rows(shape, bucket, AS_ROLLED_UP, from(hours, HOUR_SINCE), MERGED));
    }
    merged.add(rows(shape, grain.bucket(), COMMITTED, from("committed"), MERGED));
    merged.add(rows(shape, grain.bucket(), LIVE, from("live"), MERGED));
    List<String> all = new ArrayList<>(asTheyAre);
    all.add(fill("part/merged", shape, Map.of("rows", union(merged)), UNCOMPUTED));
    return fill(
        "cube", shape, Map.of("view", view, "looked_up", lookedUp(), "rows", union(all)), MERGED);
  }

  /** What several parts need to know is looked for once. */
  private String lookedUp() {
    List<String> scripts =
        new ArrayList<>(List.of("state", servesRollUps() ? "since" : "unsettled"));
    if (!grouping.whole()) {
      scripts.add("missing");
    }
    return "WITH " + scripts.stream().map(this::from).collect(Collectors.joining(",\n"));
  }

  private static String union(List<String> rows) {
    return String.join("UNION ALL\n", rows);
  }

  private static String not(String condition) {
    return "NOT (" + condition + ")";
  }

  private String rows(
      CubeShape shape, String bucket, String finality, String from, String computed) {
    return fill(
        "part/rows", shape, Map.of("bucket", bucket, "part", finality, "from", from), computed);
  }

  private String from(String part) {
    return from(part, "true");
  }

  /**
   * Reads a part.
   *
   * @param addedTo whether rows are meant to which something is added, as a condition on p
   */
  private String from(String part, String addedTo) {
    Map<String, String> all = new HashMap<>(values);
    all.put("added_to", addedTo);
    return SqlTemplate.load("db/view/part/" + part + ".sql").fill(all, Map.of()).stripTrailing();
  }

  /**
   * Fills a script in.
   *
   * @param computed the kind of the lines of percentiles and distinct counts
   */
  private static String fill(
      String script, CubeShape shape, Map<String, String> values, String computed) {
    Map<String, List<Map<String, String>>> elements = shape.elements();
    elements.put(
        computed,
        Stream.of("percentile", "distinct")
            .flatMap(kind -> elements.getOrDefault(kind, List.of()).stream())
            .toList());
    return SqlTemplate.load("db/view/" + script + ".sql").fill(values, elements);
  }
}
