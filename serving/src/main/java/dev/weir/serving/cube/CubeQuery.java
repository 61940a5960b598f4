package dev.weir.serving.cube;

import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * A validated question to one cube. Questions that are equal have equal answers in one snapshot.
 *
 * @param shape the cube with the dimensions and measures asked for
 * @param views where its rows are read from
 * @param zone in which buckets of an hour and more begin
 * @param from start of the first bucket
 * @param to end of the last bucket, exclusive
 * @param filters all of them must hold
 * @param order what rows are sorted by, before their buckets and dimensions
 * @param top null for all combinations of the dimensions
 * @param comparison null for none
 * @param totals whether a row over the whole range is wanted, too
 * @param limit most rows to answer; null for all
 * @param offset rows to leave out before them
 */
public record CubeQuery(
    CubeShape shape,
    SourceViews views,
    Granularity granularity,
    ZoneId zone,
    Instant from,
    Instant to,
    List<Filter> filters,
    List<Order> order,
    Top top,
    Fill fill,
    Comparison comparison,
    boolean totals,
    Integer limit,
    int offset) {
  public CubeQuery {
    filters = List.copyOf(filters);
    order = List.copyOf(order);
  }

  /**
   * One dimension's accepted or refused values.
   *
   * @param values in ascending order
   * @param absent whether events without a value are accepted (or refused), too
   * @param exclude whether these are refused and all others accepted
   */
  public record Filter(String dimension, List<String> values, boolean absent, boolean exclude) {
    public Filter {
      values = values.stream().distinct().sorted().toList();
    }
  }

  /**
   * Something that rows are sorted by.
   *
   * @param by {@code bucket}, a dimension or a measure that is asked for, or {@code event_count}
   */
  public record Order(String by, boolean descending) {
    static final String BUCKET = "bucket";
  }

  /**
   * Only the largest combinations of the dimensions, by one measure over the whole range.
   *
   * @param other whether all the rest is merged into one combination, or left out
   */
  public record Top(int number, Column by, boolean other) {}

  /** What is shown for the buckets in which nothing happened. */
  public enum Fill {
    /** No row. */
    NONE,
    /** A row whose counts, sums and distinct counts are 0; its other measures are null. */
    ZERO,
    /** A row whose measures are null. */
    NULL;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same question about another range. */
  public CubeQuery between(Instant otherFrom, Instant otherTo) {
    return new CubeQuery(
        shape,
        views,
        granularity,
        zone,
        otherFrom,
        otherTo,
        filters,
        order,
        top,
        fill,
        comparison,
        totals,
        limit,
        offset);
  }

  /** The same question about one page of its rows. */
  public CubeQuery page(Integer otherLimit, int otherOffset) {
    return rows(totals, otherLimit, otherOffset);
  }

  /** The same question about all of its rows, and nothing beside them. */
  CubeQuery allRows() {
    return rows(false, null, 0);
  }

  private CubeQuery rows(boolean withTotals, Integer otherLimit, int otherOffset) {
    return new CubeQuery(
        shape,
        views,
        granularity,
        zone,
        from,
        to,
        filters,
        order,
        top,
        fill,
        comparison,
        withTotals,
        otherLimit,
        otherOffset);
  }

  /** The question that the row over the whole range answers. */
  CubeQuery total() {
    return new CubeQuery(
        shape.withDimensions(List.of()),
        views,
        Granularity.TOTAL,
        zone,
        from,
        to,
        filters,
        List.of(),
        null,
        Fill.NONE,
        comparison,
        false,
        null,
        0);
  }

  Buckets buckets() {
    return Buckets.of(granularity, zone, from, to);
  }

  /** The buckets that are compared with; null for none. */
  Buckets earlier() {
    return comparison == null ? null : buckets().moved(start -> comparison.earlier(start, zone));
  }

  /** A text that is equal for equal questions only. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(shape).append(granularity).append(zone).append(from).append(to);
    for (Filter filter : filters) {
      text.append(filter.exclude() ? " exclude " : " filter ").append(filter.dimension());
      text.append(filter.absent());
      // With lengths, because a value may hold anything.
      filter.values().forEach(value -> text.append(value.length()).append(':').append(value));
    }
    text.append(order).append(top).append(fill).append(comparison).append(totals);
    return text.append(limit).append('+').append(offset).toString();
  }
}
