package dev.weir.serving.cube;

import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import dev.weir.serving.cube.CubeQuery.Fill;
import dev.weir.serving.cube.CubeQuery.Filter;
import dev.weir.serving.sql.CubeShape.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Answers questions by looking at every event: obviously correct, and slow. */
final class NaiveAnswers {
  private final List<Counted> events;

  NaiveAnswers(List<Counted> events) {
    this.events = events;
  }

  /** An event as the cube sees it. */
  record Counted(Instant time, Map<String, String> dimensions, MinuteAggregate aggregate) {}

  /** A row's place: other is all the rest beside the largest combinations. */
  record RowKey(Instant bucket, List<String> dimensions, boolean other) {}

  /** What a row must show. */
  record Expected(Map<String, Object> measures, Map<String, Object> compared) {}

  /** Every row of the answer; the largest combinations are those given, null for all. */
  Map<RowKey, Expected> rows(CubeQuery query, Set<List<String>> top) {
    Map<RowKey, MinuteAggregate> now = new HashMap<>();
    Map<RowKey, MinuteAggregate> then = new HashMap<>();
    List<Instant> starts = starts(query);
    for (Counted event : events) {
      if (!passes(query, event)) {
        continue;
      }
      add(now, key(query, top, bucket(query, starts, event.time(), start -> start), event), event);
      if (query.comparison() != null) {
        Instant bucket =
            bucket(
                query,
                starts,
                event.time(),
                start -> query.comparison().earlier(start, query.zone()));
        add(then, key(query, top, bucket, event), event);
      }
    }
    Set<RowKey> keys = new HashSet<>(now.keySet());
    if (query.fill() != Fill.NONE) {
      keys.addAll(grid(query, starts, now.keySet()));
    }
    Map<RowKey, Expected> rows = new HashMap<>();
    for (RowKey key : keys) {
      rows.put(
          key,
          new Expected(
              now.containsKey(key) ? measures(query, now.get(key)) : nothing(query),
              then.containsKey(key) ? measures(query, then.get(key)) : null));
    }
    return rows;
  }

  /** Every combination of the dimensions in the range, and what it is ranked by. */
  Map<List<String>, BigDecimal> ranks(CubeQuery query) {
    Map<List<String>, MinuteAggregate> all = new HashMap<>();
    for (Counted event : events) {
      if (passes(query, event)
          && !event.time().isBefore(query.from())
          && event.time().isBefore(query.to())) {
        all.computeIfAbsent(
                combination(query, event), any -> MinuteAggregate.empty(event.aggregate().layout()))
            .merge(event.aggregate());
      }
    }
    Map<List<String>, BigDecimal> ranks = new HashMap<>();
    all.forEach(
        (key, aggregate) -> {
          Object value = measure(query.top().by(), aggregate);
          ranks.put(key, value == null ? null : new BigDecimal(value.toString()));
        });
    return ranks;
  }

  private static List<RowKey> grid(CubeQuery query, List<Instant> starts, Set<RowKey> shown) {
    Set<RowKey> series = new HashSet<>();
    shown.forEach(key -> series.add(new RowKey(null, key.dimensions(), key.other())));
    if (query.shape().dimensions().isEmpty()) {
      series.add(new RowKey(null, List.of(), false));
    }
    List<RowKey> grid = new ArrayList<>();
    for (Instant start : starts) {
      for (RowKey one : series) {
        Instant bucket = query.granularity() == Granularity.TOTAL ? null : start;
        grid.add(new RowKey(bucket, one.dimensions(), one.other()));
      }
    }
    return grid;
  }

  private static boolean passes(CubeQuery query, Counted event) {
    for (Filter filter : query.filters()) {
      String value = event.dimensions().get(filter.dimension());
      boolean named = value == null ? filter.absent() : filter.values().contains(value);
      if (named == filter.exclude()) {
        return false;
      }
    }
    return true;
  }

  /** The start of each bucket of the range, minute by minute. */
  private static List<Instant> starts(CubeQuery query) {
    if (query.granularity() == Granularity.TOTAL) {
      return List.of(query.from());
    }
    TreeSet<Instant> starts = new TreeSet<>();
    for (Instant minute = query.from();
        minute.isBefore(query.to());
        minute = minute.plus(1, ChronoUnit.MINUTES)) {
      starts.add(start(query, minute.atZone(query.zone())));
    }
    return List.copyOf(starts);
  }

  private static Instant start(CubeQuery query, ZonedDateTime time) {
    LocalDate date = time.toLocalDate();
    return switch (query.granularity()) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES).toInstant();
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS).toInstant();
      case DAY -> date.atStartOfDay(query.zone()).toInstant();
      case WEEK -> date.with(DayOfWeek.MONDAY).atStartOfDay(query.zone()).toInstant();
      case MONTH -> date.withDayOfMonth(1).atStartOfDay(query.zone()).toInstant();
      case TOTAL -> query.from();
    };
  }

  /** The bucket that holds the time once its bounds are moved; null for none. */
  private static Instant bucket(
      CubeQuery query, List<Instant> starts, Instant time, Function<Instant, Instant> moved) {
    Instant bucket = null;
    for (Instant start : starts) {
      if (!time.isBefore(moved.apply(start))) {
        bucket = start;
      }
    }
    return time.isBefore(moved.apply(query.to())) ? bucket : null;
  }

  private static RowKey key(CubeQuery query, Set<List<String>> top, Instant bucket, Counted event) {
    if (bucket == null) {
      return null;
    }
    Instant shown = query.granularity() == Granularity.TOTAL ? null : bucket;
    List<String> combination = combination(query, event);
    if (top == null || top.contains(combination)) {
      return new RowKey(shown, combination, false);
    }
    List<String> none = new ArrayList<>();
    combination.forEach(any -> none.add(null));
    return query.top().other() ? new RowKey(shown, none, true) : null;
  }

  private static List<String> combination(CubeQuery query, Counted event) {
    List<String> values = new ArrayList<>();
    query.shape().dimensions().forEach(name -> values.add(event.dimensions().get(name)));
    return values;
  }

  private static void add(Map<RowKey, MinuteAggregate> rows, RowKey key, Counted event) {
    if (key != null) {
      rows.computeIfAbsent(key, any -> MinuteAggregate.empty(event.aggregate().layout()))
          .merge(event.aggregate());
    }
  }

  private static Map<String, Object> measures(CubeQuery query, MinuteAggregate aggregate) {
    Map<String, Object> measures = new LinkedHashMap<>();
    query
        .shape()
        .columns()
        .forEach(column -> measures.put(column.name(), measure(column, aggregate)));
    return measures;
  }

  private static Map<String, Object> nothing(CubeQuery query) {
    Map<String, Object> measures = new LinkedHashMap<>();
    for (Column column : query.shape().columns()) {
      Object zero =
          switch (column.kind()) {
            case EVENTS, PRESENT, DISTINCT -> 0L;
            case SUM -> new BigDecimal("0.0000");
            case MIN, MAX, AVG, PERCENTILE -> null;
          };
      measures.put(column.name(), query.fill() == Fill.ZERO ? zero : null);
    }
    return measures;
  }

  /** Of the sample's one number and one identifier. */
  private static Object measure(Column column, MinuteAggregate aggregate) {
    NumberAggregate value = aggregate.number(0);
    boolean any = value.count() > 0;
    return switch (column.kind()) {
      case EVENTS -> aggregate.count();
      case PRESENT -> value.count();
      case SUM -> any ? new BigDecimal(value.sum(), 4) : null;
      case MIN -> any ? BigDecimal.valueOf(value.min(), 4) : null;
      case MAX -> any ? BigDecimal.valueOf(value.max(), 4) : null;
      case AVG ->
          any
              ? new BigDecimal(value.sum(), 4)
                  .divide(BigDecimal.valueOf(value.count()), 8, RoundingMode.HALF_UP)
              : null;
      case PERCENTILE ->
          any
              ? BigDecimal.valueOf(value.bins().percentile(column.fraction()).getAsLong(), 4)
              : null;
      case DISTINCT -> aggregate.distinct(0).estimate();
    };
  }
}
