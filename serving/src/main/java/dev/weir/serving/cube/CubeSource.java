package dev.weir.serving.cube;

import dev.weir.serving.cube.Buckets.Edge;
import dev.weir.serving.cube.CubeQuery.Filter;
import dev.weir.serving.cube.Pieces.Run;
import dev.weir.serving.cube.SourceViews.View;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.CubeShape.Kind;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of a statement that reads the merged views: what a question's buckets hold, each row
 * with its bucket's start. Identifiers come from the declaration, everything else is bound.
 *
 * @param query whose dimensions and filters are meant
 * @param buckets what is read
 * @param shownAs the buckets that the rows are said to be in: these, or those they are compared
 *     with
 * @param prefix of the names of the bound values
 */
record CubeSource(CubeQuery query, Buckets buckets, Buckets shownAs, String prefix) {
  private static final String SKETCH = "weir.merge";
  private static final SqlTemplate PIECE = SqlTemplate.load("db/query/cube_piece.sql");

  /** The script that reads what measures are made from; binds what it names. */
  String sql(List<Column> columns, Map<String, Object> bound) {
    return script(parts(columns), bound);
  }

  /** The script that reads measures as the view shows them, where {@link #asIs}. */
  String shown(Map<String, Object> bound) {
    Set<String> parts = new LinkedHashSet<>();
    List<Optional<Column>> columns = shownAsIs();
    for (int place = 0; place < columns.size(); place++) {
      Optional<Column> shown = columns.get(place);
      if (shown.isEmpty()) {
        parts(List.of(query.shape().columns().get(place)))
            .forEach(part -> parts.add(part.get("part")));
      } else if (shown.get().kind() != Kind.EVENTS) {
        parts.add(SqlNames.quote(shown.get().name()));
      }
    }
    return script(parts.stream().map(part -> Map.of("part", part)).toList(), bound);
  }

  /**
   * The view's columns that show the question's measures as they are, where {@link #asIs}; none for
   * one that is computed from a sketch. A view that has to do that itself, where a row is neither
   * rolled up nor reconciled, does it for all rows of the range, and not for those of a page only.
   */
  List<Optional<Column>> shownAsIs() {
    boolean numbers = query.limit() == null || main(Pieces.of(buckets)).hasNumbers();
    return query.shape().columns().stream()
        .map(
            column ->
                numbers || (column.kind() != Kind.PERCENTILE && column.kind() != Kind.DISTINCT)
                    ? query.views().column(column)
                    : Optional.<Column>empty())
        .toList();
  }

  private View main(Pieces pieces) {
    return query.views().smallest(query, pieces.main());
  }

  private String script(List<Map<String, String>> parts, Map<String, Object> bound) {
    Pieces pieces = Pieces.of(buckets);
    Map<String, List<Map<String, String>>> elements = filters(query, bound);
    elements.put("dimension", dimensions(query.shape()));
    elements.put("part", parts);
    if (!pieces.cut().isEmpty()) {
      elements.put("cut", List.of(Map.of()));
      bound.put(prefix + "cut", texts(pieces.cut().stream()));
    }
    bound.put(prefix + "from", time(pieces.whole().from()));
    bound.put(prefix + "to", time(pieces.whole().to()));
    Map<String, String> values = new HashMap<>();
    values.put("range", prefix);
    values.put("bucket", bucket(pieces, bound));
    values.put("view", main(pieces).name());
    List<String> arms = new ArrayList<>();
    arms.add(PIECE.fill(values, elements));
    runs(Granularity.HOUR, pieces.hours(), values, elements, bound).ifPresent(arms::add);
    runs(Granularity.MINUTE, pieces.minutes(), values, elements, bound).ifPresent(arms::add);
    return String.join("  UNION ALL\n", arms);
  }

  /**
   * What comes from another view. That is said with ranges and values only: a condition that names
   * another table would be asked of every row of the view, after all of it was merged.
   */
  private Optional<String> runs(
      Granularity by,
      List<Run> runs,
      Map<String, String> values,
      Map<String, List<Map<String, String>>> elements,
      Map<String, Object> bound) {
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    String range = prefix + by.text() + "_";
    bound.put(range + "from", time(runs.get(0).from()));
    bound.put(range + "to", time(runs.get(runs.size() - 1).to()));
    Map<String, List<Map<String, String>>> its = new HashMap<>(elements);
    its.remove("cut");
    if (runs.size() > 1) {
      its.put("only", List.of(Map.of()));
      bound.put(range + "only", texts(runs.stream().flatMap(run -> starts(run, length(by)))));
    }
    Map<String, String> own = new HashMap<>(values);
    own.put("view", query.views().smallest(query, by).name());
    own.put("range", range);
    return Optional.of(PIECE.fill(own, its));
  }

  private static Stream<Instant> starts(Run run, Duration step) {
    return Stream.iterate(run.from(), time -> time.isBefore(run.to()), time -> time.plus(step));
  }

  /**
   * Whether the ranking and the rows shown are made from the same merged rows, so that the range is
   * read once. Not where sketches of combinations that are not shown would have to be merged.
   */
  boolean mergedOnce() {
    return query.top() != null
        && shownAs.equals(buckets)
        && buckets.starts().size() == 1
        && (query.top().other() || !mergesSketches(query));
  }

  /** Whether each row of the view is a row of the answer: there is nothing to merge. */
  boolean asIs() {
    Pieces pieces = Pieces.of(buckets);
    return query.top() == null
        && pieces.cut().isEmpty()
        && pieces.hours().isEmpty()
        && pieces.minutes().isEmpty()
        && length(pieces.main()).equals(buckets.step())
        && main(pieces).dimensions().equals(Set.copyOf(query.shape().dimensions()));
  }

  /** The start of the bucket that a view's row belongs to. */
  private String bucket(Pieces pieces, Map<String, Object> bound) {
    if (buckets.starts().size() == 1) {
      bound.put(prefix + "start", time(shownAs.from()));
      return ":" + prefix + "start";
    }
    Duration step = buckets.step();
    if (step == null || !step.equals(shownAs.step())) {
      // An hour that the clock showed twice has minutes that are nobody's.
      boolean minutes = query.granularity() == Granularity.MINUTE;
      List<Edge> edges = buckets.edges(shownAs, minutes ? length(Granularity.MINUTE) : null);
      bound.put(prefix + "starts", texts(edges.stream().map(Edge::start)));
      bound.put(prefix + "edges", texts(edges.stream().map(Edge::at)));
      return "(:%1$sstarts::timestamptz[])[width_bucket(v.bucket, :%1$sedges::timestamptz[])]"
          .formatted(prefix);
    }
    String start = "v.bucket";
    if (!step.equals(length(pieces.main())) || !pieces.cut().isEmpty()) {
      bound.put(prefix + "step", step.toSeconds());
      bound.put(prefix + "origin", time(buckets.from()));
      start = "date_bin(make_interval(secs => :%1$sstep), v.bucket, :%1$sorigin)".formatted(prefix);
    }
    if (shownAs.equals(buckets)) {
      return start;
    }
    bound.put(prefix + "shift", Duration.between(buckets.from(), shownAs.from()).toSeconds());
    return start + " + make_interval(secs => :" + prefix + "shift)";
  }

  private static Duration length(Granularity view) {
    return switch (view) {
      case MINUTE -> Duration.ofMinutes(1);
      case HOUR -> Duration.ofHours(1);
      case DAY -> Duration.ofDays(1);
      case WEEK, MONTH, TOTAL -> throw new IllegalArgumentException("no view by " + view.text());
    };
  }

  /**
   * The columns of the views that measures are made from, but for the event count, each with the
   * aggregate that merges it.
   */
  static List<Map<String, String>> parts(List<Column> columns) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (Column column : columns) {
      String of = column.of();
      switch (column.kind()) {
        case EVENTS -> {}
        case PRESENT -> parts.put(of + "_count", "sum");
        case SUM -> parts.put(of + "_sum", "sum");
        case MIN -> parts.put(of + "_min", "min");
        case MAX -> parts.put(of + "_max", "max");
        case AVG -> {
          parts.put(of + "_sum", "sum");
          parts.put(of + "_count", "sum");
        }
        case PERCENTILE -> {
          parts.put(of + "_sketch", SKETCH);
          parts.put(of + "_count", "sum");
        }
        case DISTINCT -> parts.put(of + "_hll", SKETCH);
      }
    }
    return parts.entrySet().stream()
        .map(part -> Map.of("part", SqlNames.quote(part.getKey()), "merge", part.getValue()))
        .toList();
  }

  /** Whether sketches are merged for one of the measures. */
  static boolean mergesSketches(CubeQuery query) {
    return parts(query.shape().columns()).stream()
        .anyMatch(part -> part.get("merge").equals(SKETCH));
  }

  static List<Map<String, String>> dimensions(CubeShape shape) {
    return shape.dimensions().stream()
        .map(name -> Map.of("dimension", SqlNames.quote(name)))
        .toList();
  }

  /** The lines that filter; binds what they accept or refuse. */
  static Map<String, List<Map<String, String>>> filters(
      CubeQuery query, Map<String, Object> bound) {
    List<Map<String, String>> accepted = new ArrayList<>();
    List<Map<String, String>> refused = new ArrayList<>();
    for (int i = 0; i < query.filters().size(); i++) {
      Filter filter = query.filters().get(i);
      bound.put("values" + i, filter.values().toArray(String[]::new));
      Map<String, String> line = new HashMap<>();
      line.put("dimension", SqlNames.quote(filter.dimension()));
      line.put("values", "values" + i);
      if (filter.exclude()) {
        refused.add(line);
      } else {
        bound.put("absent" + i, filter.absent());
        line.put("absent", "absent" + i);
        accepted.add(line);
      }
    }
    Map<String, List<Map<String, String>>> elements = new HashMap<>();
    elements.put("filter", accepted);
    elements.put("exclude", refused);
    return elements;
  }

  static OffsetDateTime time(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  static String[] texts(Stream<Instant> times) {
    return times.map(time -> time == null ? null : time.toString()).toArray(String[]::new);
  }
}
