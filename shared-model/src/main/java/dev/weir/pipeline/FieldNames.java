package dev.weir.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Which names a declaration may use. Names become columns, tables and query parameters, so they
 * must not need quotes, must not mean something else in SQL, and must not meet the columns that
 * Weir adds.
 */
final class FieldNames {
  static final int MAX_LENGTH = 41;

  /** Leaves room within PostgreSQL's 63 bytes for a hash, a level and a day. */
  static final int MAX_CUBE_LENGTH = 32;

  /** The names that {@code fields} gives the event's own id and time. */
  static final String ID = "id";

  static final String TIME = "time";

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]*");

  /** Columns of the cubes' tables and views beside what is declared. */
  private static final Set<String> COLUMNS =
      Set.of(
          "base",
          "bucket",
          "commit",
          "event_count",
          "event_hour",
          "seq",
          "series",
          "status",
          "version",
          "writer");

  /** PostgreSQL 17's reserved key words and system columns: unquoted they mean something else. */
  private static final Set<String> SQL =
      Set.of(
          ("all analyse analyze and any array as asc asymmetric authorization binary both case cast"
                  + " check cmax cmin collate collation column concurrently constraint create cross"
                  + " ctid current_catalog current_date current_role current_schema current_time"
                  + " current_timestamp current_user default deferrable desc distinct do else end"
                  + " except false fetch for foreign freeze from full grant group having ilike in"
                  + " initially inner intersect into is isnull join lateral leading left like limit"
                  + " localtime localtimestamp natural not notnull null offset on only or order outer"
                  + " overlaps placing primary references returning right select session_user similar"
                  + " some symmetric system_user table tableoid tablesample then to trailing true"
                  + " union unique user using variadic verbose when where window with xmax xmin")
              .split(" "));

  private static final List<String> NUMBER_SUFFIXES =
      List.of("count", "sum", "min", "max", "avg", "sketch");
  private static final List<String> IDENTIFIER_SUFFIXES = List.of("hll", "distinct");
  private static final Pattern PERCENTILE_SUFFIX = Pattern.compile("p[0-9]+(_[0-9]+)?");

  private FieldNames() {}

  /** Checks the form of a pipeline's, source's, cube's or field's name. */
  static void checkForm(Node node, String name, String what, int max, PipelineErrors errors) {
    if (!IDENTIFIER.matcher(name).matches()) {
      errors.at(
          node,
          what + " '" + name + "' is not a name",
          "use lower-case letters, digits and _, beginning with a letter");
    } else if (name.length() > max) {
      errors.at(
          node,
          what + " '" + name + "' has " + name.length() + " characters",
          "use at most " + max);
    }
  }

  /** Checks that a field's name is free to be a column. */
  static void checkColumn(Node node, String name, PipelineErrors errors) {
    if (name.equals(ID) || name.equals(TIME)) {
      errors.at(
          node,
          "the field name " + name + " stands for the event's own " + name,
          rename(name, "event_" + name));
    } else if (COLUMNS.contains(name)) {
      errors.at(
          node,
          "the field name " + name + " is a column that every cube has",
          rename(name, name.equals("status") ? "http_status" : "event_" + name + "_name"));
    } else if (SQL.contains(name)) {
      errors.at(
          node,
          "the field name " + name + " means something else in SQL",
          rename(name, name + "_name"));
    }
  }

  /** The columns a number brings must not be columns that every cube has. */
  static void checkNumber(Node node, String number, PipelineErrors errors) {
    for (String suffix : NUMBER_SUFFIXES) {
      String column = number + "_" + suffix;
      if (COLUMNS.contains(column)) {
        errors.at(
            node,
            "the number " + number + " would bring the column " + column + ", which every cube has",
            rename(number, number + "_value"));
      }
    }
  }

  /** A dimension must not be called like a column that a number or identifier brings. */
  static void checkGenerated(
      Node node,
      String dimension,
      Collection<String> numbers,
      Collection<String> identifiers,
      PipelineErrors errors) {
    Optional<String> owner =
        numbers.stream()
            .filter(number -> brings(dimension, number, NUMBER_SUFFIXES, true))
            .findFirst()
            .or(
                () ->
                    identifiers.stream()
                        .filter(id -> brings(dimension, id, IDENTIFIER_SUFFIXES, false))
                        .findFirst());
    owner.ifPresent(
        name ->
            errors.at(
                node,
                "the dimension " + dimension + " is also a column that " + name + " brings",
                rename(dimension, dimension + "_name")));
  }

  private static boolean brings(
      String column, String field, List<String> suffixes, boolean percentiles) {
    if (!column.startsWith(field + "_")) {
      return false;
    }
    String suffix = column.substring(field.length() + 1);
    return suffixes.contains(suffix)
        || (percentiles && PERCENTILE_SUFFIX.matcher(suffix).matches());
  }

  private static String rename(String path, String name) {
    return "give it another name, such as {name: " + name + ", path: " + path + "}";
  }
}
