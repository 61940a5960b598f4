package dev.weir.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the statements that create one table of a cube. */
final class CubeDdl {
  private CubeDdl() {}

  static List<String> statements(
      CubeTables tables, CubeTable table, List<CubeTables.Column> measures) {
    String name = tables.table(table);
    List<String> statements = new ArrayList<>();
    statements.add(create(tables, table, measures));
    if (!tables.computed(table).names().isEmpty()) {
      statements.add(addComputed(tables, table));
    }
    settings(tables, table).ifPresent(statements::add);
    for (List<String> columns : indexes(table)) {
      statements.add(
          "CREATE INDEX IF NOT EXISTS "
              + tables.name()
              + table.ending()
              + "_by_"
              + columns.get(0)
              + " ON "
              + name
              + " ("
              + String.join(", ", columns)
              + ")");
    }
    if (table == CubeTable.SPEED) {
      statements.add(newestCommits(tables));
    }
    statements.add(
        "COMMENT ON TABLE " + name + " IS '" + comment(table, tables.cube().name()) + "'");
    statements.add(CubeComments.columns(tables, table));
    return statements;
  }

  private static String create(
      CubeTables tables, CubeTable table, List<CubeTables.Column> measures) {
    Stream<String> keys = table.keyColumns().stream().map(key -> key + " " + keyType(key));
    Stream<String> dimensions =
        tables.dimensionColumns().stream().map(name -> CubeTables.quoted(name) + " text");
    Stream<String> values =
        measures.stream()
            .map(column -> CubeTables.quoted(column.name()) + " " + type(table, column));
    Stream<String> computed =
        tables.computed(table).names().stream().map(name -> CubeTables.quoted(name) + " bigint");
    Stream<String> constraints =
        table == CubeTable.LIVE ? Stream.of("PRIMARY KEY (writer, base, series)") : Stream.of();
    return Stream.of(keys, dimensions, values, computed, constraints)
        .flatMap(part -> part)
        .collect(
            Collectors.joining(
                ",\n  ",
                "CREATE TABLE IF NOT EXISTS " + tables.table(table) + " (\n  ",
                "\n)" + storage(table)));
  }

  /** To a table that exists already. */
  private static String addComputed(CubeTables tables, CubeTable table) {
    return tables.computed(table).names().stream()
        .map(name -> "'" + name + "'")
        .collect(
            Collectors.joining(
                ", ",
                "SELECT weir.add_computed_columns('" + tables.table(table) + "'::regclass, ARRAY[",
                "])"));
  }

  /**
   * Sketches of the speed layer's rows are not compressed, as these rows do not stay: writing and
   * reading them takes less time for a third more space. Those too long for a row lie outside, and
   * a change of a live row's counts leaves them there. A table of an earlier version goes on
   * compressing them.
   */
  private static String type(CubeTable table, CubeTables.Column column) {
    boolean stays = table == CubeTable.BATCH_MINUTE || table == CubeTable.BATCH_HOUR;
    if (stays || !column.isSketch()) {
      return column.type();
    }
    int end = (column.type() + " ").indexOf(' ');
    return column.type().substring(0, end) + " STORAGE EXTERNAL" + column.type().substring(end);
  }

  private static String keyType(String key) {
    return switch (key) {
      case "event_hour", "bucket" -> "timestamptz NOT NULL";
      case "writer", "series" -> "uuid NOT NULL";
      default -> "bigint NOT NULL";
    };
  }

  private static String storage(CubeTable table) {
    return switch (table) {
      case SPEED, BATCH_MINUTE, BATCH_HOUR -> " PARTITION BY RANGE (bucket)";
      case LIVE -> "";
    };
  }

  /**
   * How a table is kept, as a statement of its own, so that one that exists is kept so, too.
   *
   * <p>Live rows are rewritten several times a second and deleted after each commit: room for
   * updates in place, rows that need no compression for it, and vacuum by number of dead rows,
   * whatever the size of the table.
   */
  private static Optional<String> settings(CubeTables tables, CubeTable table) {
    return switch (table) {
      case SPEED, BATCH_MINUTE, BATCH_HOUR -> Optional.empty();
      case LIVE ->
          Optional.of(
              ("ALTER TABLE %s SET (fillfactor = 50, toast_tuple_target = %d,"
                      + " autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,"
                      + " autovacuum_vacuum_cost_delay = 0)")
                  .formatted(tables.table(table), CubeTables.LIVE_ROW_BYTES));
    };
  }

  /**
   * What came after a commit stands at the end of its partition: an index of ranges of pages is
   * enough to find it, and costs a commit next to nothing.
   */
  private static String newestCommits(CubeTables tables) {
    return "CREATE INDEX IF NOT EXISTS %s_by_commit ON %s USING brin (commit) WITH (pages_per_range = 32, autosummarize = on)"
        .formatted(tables.name(), tables.speedTable());
  }

  private static List<List<String>> indexes(CubeTable table) {
    return switch (table) {
      case SPEED -> List.of(List.of("event_hour", "commit"), List.of("bucket"));
      case BATCH_MINUTE, BATCH_HOUR -> List.of(List.of("event_hour", "version"), List.of("bucket"));
      case LIVE -> List.of();
    };
  }

  private static String comment(CubeTable table, String cube) {
    return switch (table) {
      case SPEED -> "Cube " + cube + ": what each commit added, per minute and dimensions.";
      case LIVE ->
          "Cube "
              + cube
              + ": epochs not yet committed; valid only for registered writers and base >= the"
              + " head''s live_base.";
      case BATCH_MINUTE -> "Cube " + cube + ": recomputed minutes, by batch version.";
      case BATCH_HOUR -> "Cube " + cube + ": recomputed minutes added up to hours, by version.";
    };
  }
}
