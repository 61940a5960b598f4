package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Fill;
import dev.weir.serving.cube.CubeQuery.Order;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statement that answers a question, and what it binds.
 *
 * <p>Its columns: {@code bucket}, the dimensions, {@code _other}, {@link #measure measures} by
 * their place, {@code _finality}; with a comparison also {@link #earlier} and {@code
 * _earlier_finality}; of a page also {@code _range_finality}, the least final of all rows; with
 * {@link RowTotals totals} these, too.
 */
record CubeStatement(String sql, Map<String, Object> bound) {
  private static final SqlTemplate ROWS = SqlTemplate.load("db/query/cube_rows.sql");
  private static final SqlTemplate SERVED = SqlTemplate.load("db/query/cube_served.sql");
  private static final SqlTemplate AS_IS = SqlTemplate.load("db/query/cube_as_is.sql");
  private static final SqlTemplate MERGED = SqlTemplate.load("db/query/cube_merged.sql");
  private static final SqlTemplate RANKED = SqlTemplate.load("db/query/cube_ranked.sql");
  private static final SqlTemplate TOP = SqlTemplate.load("db/query/cube_top.sql");
  private static final SqlTemplate FILLED = SqlTemplate.load("db/query/cube_filled.sql");
  private static final SqlTemplate PERIOD = SqlTemplate.load("db/query/cube_period.sql");
  private static final SqlTemplate STATUS = SqlTemplate.load("db/query/cube_status.sql");

  private static final String EVENTS = "event_count";
  private static final String LAST = " NULLS LAST";

  /** Name of a measure's column, by its place among those asked for. */
  static String measure(int place) {
    return "_m" + place;
  }

  /** Name of the column with the same measure of the earlier period. */
  static String earlier(int place) {
    return "_e" + place;
  }

  /** All rows in order, or the page that the question asks for. */
  static CubeStatement rows(CubeQuery query) {
    Map<String, Object> bound = new HashMap<>();
    CubeShape shape = query.shape();
    Buckets buckets = query.buckets();
    CubeSource source = new CubeSource(query, buckets, buckets, "");
    Map<String, String> values = new HashMap<>();
    Map<String, List<Map<String, String>>> elements = new HashMap<>();
    elements.put("dimension", CubeSource.dimensions(shape));
    elements.put("measure", measures(shape));
    elements.put("order", text(order(query)));
    if (source.mergedOnce()) {
      elements.put("merged", text(merged(source, bound)));
    }
    if (query.top() != null) {
      elements.put("top", text(top(source, bound)));
    }
    boolean periods = consecutive(query);
    if (periods) {
      elements.put("periods", text(periods(query, bound)));
    }
    values.put("served", periods ? period(shape, "shown_start") : served(source, bound));
    values.put("shown", query.fill() == Fill.NONE ? "served" : "filled");
    if (query.fill() != Fill.NONE) {
      bound.put("buckets", CubeSource.texts(buckets.starts().stream()));
      elements.put("filled", text(filled(shape)));
    }
    if (query.comparison() != null) {
      String earlier =
          periods
              ? period(shape, "earlier_start")
              : served(new CubeSource(query, query.earlier(), buckets, "earlier_"), bound);
      String itsKey = key(shape, "earlier");
      String shownKey = key(shape, "shown");
      elements.put(
          "earlier",
          List.of(Map.of("text", earlier, "earlier_key", itsKey, "shown_key", shownKey)));
      elements.put("compared", measures(shape));
    }
    if (RowTotals.comeWithRows(query)) {
      elements.put("totals", RowTotals.of(query));
    }
    if (query.limit() != null) {
      elements.put(source.mergedOnce() ? "ranged_merged" : "ranged", List.of(Map.of()));
      bound.put("limit", query.limit() + 1L);
      elements.put("limit", List.of(Map.of()));
    }
    bound.put("offset", query.offset());
    return new CubeStatement(ROWS.fill(values, elements), bound);
  }

  /**
   * Whether the rows tell how final the whole range is. Without a limit they do not know of each
   * other, and the largest alone say nothing of the rest.
   */
  static boolean tellsRangeStatus(CubeQuery query) {
    return query.limit() != null
        && (query.top() == null
            || query.top().other()
            || new CubeSource(query, query.buckets(), query.buckets(), "").mergedOnce());
  }

  /**
   * Whether a sum and the earlier one that it is compared with follow each other: then they are two
   * buckets of one range, which is read once.
   */
  private static boolean consecutive(CubeQuery query) {
    return query.comparison() != null
        && query.granularity() == Granularity.TOTAL
        && query.top() == null
        && query.earlier().end().equals(query.from())
        && query.earlier().from().isBefore(query.from());
  }

  private static String periods(CubeQuery query, Map<String, Object> bound) {
    Instant earlier = query.earlier().from();
    bound.put("shown_start", CubeSource.time(query.from()));
    bound.put("earlier_start", CubeSource.time(earlier));
    Buckets both = new Buckets(List.of(earlier, query.from()), query.to());
    return served(new CubeSource(query, both, both, ""), bound);
  }

  private static String period(CubeShape shape, String start) {
    return PERIOD.fill(
        Map.of("start", start),
        Map.of("dimension", CubeSource.dimensions(shape), "measure", measures(shape)));
  }

  private static String filled(CubeShape shape) {
    return FILLED.fill(
        Map.of("served_key", key(shape, "served"), "grid_key", key(shape, "grid")),
        Map.of(
            "dimension", CubeSource.dimensions(shape),
            "measure", measures(shape),
            "alone", shape.dimensions().isEmpty() ? List.of(Map.of()) : List.of()));
  }

  /** How final a range is. */
  static CubeStatement status(CubeQuery query) {
    Map<String, Object> bound = new HashMap<>();
    CubeQuery total = query.total();
    CubeSource source = new CubeSource(total, total.buckets(), total.buckets(), "");
    return new CubeStatement(
        STATUS.fill(Map.of("source", source.sql(List.of(), bound)), Map.of()), bound);
  }

  private static String merged(CubeSource source, Map<String, Object> bound) {
    List<Column> columns = new ArrayList<>(source.query().shape().columns());
    columns.add(source.query().top().by());
    return MERGED.fill(
        Map.of("source", source.sql(columns, bound)),
        Map.of(
            "dimension", CubeSource.dimensions(source.query().shape()),
            "part", CubeSource.parts(columns)));
  }

  /** The rows that something is made from. */
  private static String source(CubeSource source, List<Column> columns, Map<String, Object> bound) {
    return source.mergedOnce() ? "  SELECT * FROM merged" : source.sql(columns, bound);
  }

  private static String top(CubeSource source, Map<String, Object> bound) {
    CubeShape shape = source.query().shape();
    Column by = source.query().top().by();
    bound.put("top", source.query().top().number());
    CubeShape rank =
        new CubeShape(shape.cube(), shape.definitionHash(), shape.dimensions(), List.of(by));
    return TOP.fill(
        Map.of("source", source(source, rank.columns(), bound), "key", key(shape, "v")),
        renamed(rank, place -> "rank").elements());
  }

  private static String served(CubeSource source, Map<String, Object> bound) {
    CubeShape shape = source.query().shape();
    CubeShape renamed = renamed(shape, CubeStatement::measure);
    if (source.asIs()) {
      return AS_IS.fill(
          Map.of("source", source.shown(bound)),
          gathered(source.query(), asIs(source, renamed), bound));
    }
    String text = source(source, shape.columns(), bound);
    if (source.query().top() != null) {
      Map<String, String> values =
          Map.of(
              "source",
              text,
              "key",
              key(shape, "v"),
              "join",
              source.query().top().other() ? "LEFT" : "INNER");
      text =
          RANKED.fill(
              values,
              Map.of(
                  "dimension", CubeSource.dimensions(shape),
                  "part", CubeSource.parts(shape.columns())));
    }
    return SERVED.fill(Map.of("source", text), gathered(source.query(), renamed.elements(), bound));
  }

  /** Counters that are merged after they were read come as they are. */
  private static Map<String, List<Map<String, String>>> gathered(
      CubeQuery query, Map<String, List<Map<String, String>>> elements, Map<String, Object> bound) {
    GatheredCounters counters = GatheredCounters.of(query);
    if (counters.columns().isEmpty()) {
      return elements;
    }
    Set<String> names =
        counters.columns().stream()
            .map(column -> SqlNames.quote(measure(query.shape().columns().indexOf(column))))
            .collect(Collectors.toSet());
    Map<Boolean, List<Map<String, String>>> lines =
        elements.getOrDefault("distinct", List.of()).stream()
            .collect(Collectors.partitioningBy(line -> names.contains(line.get("column"))));
    elements.put("distinct", lines.get(false));
    elements.put("counters", lines.get(true));
    bound.put("most_counters", counters.most());
    return elements;
  }

  /** What the view has as a number is shown as it is; the rest is computed. */
  private static Map<String, List<Map<String, String>>> asIs(CubeSource source, CubeShape renamed) {
    List<Column> computed = new ArrayList<>();
    List<Map<String, String>> shown = new ArrayList<>();
    List<Optional<Column>> columns = source.shownAsIs();
    for (int place = 0; place < columns.size(); place++) {
      Optional<Column> column = columns.get(place);
      if (column.isPresent()) {
        shown.add(Map.of("shown", SqlNames.quote(column.get().name()), "column", measure(place)));
      } else {
        computed.add(renamed.columns().get(place));
      }
    }
    CubeShape rest =
        new CubeShape(renamed.cube(), renamed.definitionHash(), renamed.dimensions(), computed);
    Map<String, List<Map<String, String>>> elements = rest.elements();
    elements.put("shown", shown);
    return elements;
  }

  /** The same shape with columns named by their place: a name in an answer may be no identifier. */
  private static CubeShape renamed(CubeShape shape, IntFunction<String> name) {
    List<Column> columns = new ArrayList<>();
    for (Column column : shape.columns()) {
      columns.add(
          new Column(
              name.apply(columns.size()),
              column.kind(),
              column.of(),
              column.scale(),
              column.fraction()));
    }
    return new CubeShape(shape.cube(), shape.definitionHash(), shape.dimensions(), columns);
  }

  private static List<Map<String, String>> measures(CubeShape shape) {
    return IntStream.range(0, shape.columns().size())
        .mapToObj(place -> Map.of("column", measure(place), "was", earlier(place)))
        .toList();
  }

  /** The dimensions of a table, one after the other. */
  private static String key(CubeShape shape, String table) {
    return shape.dimensions().stream()
        .map(name -> table + "." + SqlNames.quote(name))
        .collect(Collectors.joining(", "));
  }

  /** What was asked for, then what makes the order complete, so that pages do not overlap. */
  private static String order(CubeQuery query) {
    List<String> terms = new ArrayList<>();
    for (Order order : query.order()) {
      terms.add(term(query.shape(), order.by()) + (order.descending() ? " DESC" : "") + LAST);
    }
    if (query.order().isEmpty() && query.granularity() == Granularity.TOTAL) {
      terms.addAll(List.of("shown._other", "shown._events DESC"));
    }
    terms.addAll(List.of("shown.bucket", "shown._other"));
    query.shape().dimensions().forEach(name -> terms.add(term(query.shape(), name) + LAST));
    return String.join(", ", terms);
  }

  private static String term(CubeShape shape, String by) {
    for (int place = 0; place < shape.columns().size(); place++) {
      if (shape.columns().get(place).name().equals(by)) {
        return "shown." + measure(place);
      }
    }
    return "shown." + (by.equals(EVENTS) ? "_events" : SqlNames.quote(by));
  }

  private static List<Map<String, String>> text(String text) {
    return List.of(Map.of("text", text));
  }
}
