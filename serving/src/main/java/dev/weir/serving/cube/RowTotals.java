package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Fill;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.CubeShape.Kind;
import dev.weir.serving.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The row over all rows of a sum, made of these: of what is added up, or the smallest or largest.
 * Sketches and quotients are not made from rows.
 */
final class RowTotals {
  private static final SqlTemplate TOTALS = SqlTemplate.load("db/query/cube_totals.sql");
  private static final Set<Kind> MADE =
      EnumSet.of(Kind.EVENTS, Kind.PRESENT, Kind.SUM, Kind.MIN, Kind.MAX);

  /** The rows that are added up, and what the columns of their sum are called. */
  enum Period {
    SHOWN("served", "_t", "_total_finality"),
    EARLIER("earlier", "_et", "_earlier_total_finality");

    private final String rows;
    private final String prefix;
    private final String finality;

    Period(String rows, String prefix, String finality) {
      this.rows = rows;
      this.prefix = prefix;
      this.finality = finality;
    }

    /** Name of a measure's column, by its place among those asked for. */
    String measure(int place) {
      return prefix + place;
    }

    /** Name of the column of the least final row; null without rows. */
    String finality() {
      return finality;
    }
  }

  private RowTotals() {}

  /** Whether each row of the statement brings the totals along. */
  static boolean comeWithRows(CubeQuery query) {
    return query.totals()
        && query.granularity() == Granularity.TOTAL
        && query.top() == null
        && query.fill() == Fill.NONE
        && query.shape().columns().stream().allMatch(column -> MADE.contains(column.kind()));
  }

  /** The parts of the statement that make them. */
  static List<Map<String, String>> of(CubeQuery query) {
    List<Map<String, String>> totals = new ArrayList<>();
    totals.add(of(query, Period.SHOWN));
    if (query.comparison() != null) {
      totals.add(of(query, Period.EARLIER));
    }
    return totals;
  }

  private static Map<String, String> of(CubeQuery query, Period period) {
    Map<String, List<Map<String, String>>> elements = new HashMap<>();
    int place = 0;
    for (Column column : query.shape().columns()) {
      Map<String, String> line =
          Map.of(
              "column", CubeStatement.measure(place),
              "total", period.measure(place),
              "type", column.kind() == Kind.SUM ? "" : "::bigint");
      elements.computeIfAbsent(merge(column.kind()), its -> new ArrayList<>()).add(line);
      place++;
    }
    Map<String, String> values = Map.of("rows", period.rows, "finality", period.finality());
    return Map.of("name", period.rows + "_totals", "text", TOTALS.fill(values, elements));
  }

  private static String merge(Kind kind) {
    return switch (kind) {
      case EVENTS, PRESENT, SUM -> "sum";
      case MIN -> "min";
      case MAX -> "max";
      case AVG, PERCENTILE, DISTINCT ->
          throw new IllegalArgumentException("no total is made of rows of " + kind);
    };
  }
}
