package dev.weir.serving.rollup;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the roll-up of one event hour holds: commits, and a published version, added up. Rows are
 * merged here and not by the database, whose functions take many times as long to merge sketches. A
 * few minutes at a time, so that memory is needed for these only.
 */
final class HourSums {
  private static final SqlTemplate ADDED = SqlTemplate.load("db/rollup/added.sql");
  private static final SqlTemplate PUBLISHED = SqlTemplate.load("db/rollup/published.sql");
  private static final SqlTemplate SPAN = SqlTemplate.load("db/rollup/span_of_added.sql");

  /** An hour's sum may take 25 KB for each number with percentiles, a minute's takes one or two. */
  static final int MOST_SERIES = 4_000;

  /** No version has it: nothing published is added. */
  static final long NO_VERSION = -1;

  private static final int MINUTES_AT_A_TIME = 5;
  private static final Duration AT_A_TIME = Duration.ofMinutes(MINUTES_AT_A_TIME);

  private final CubeTables tables;
  private final RollUpTables rollUps;
  private final Connection connection;
  private final Addition addition;
  private final int mostSeries;

  /**
   * What is added.
   *
   * @param hour its start
   * @param after commits after this one
   * @param through up to this one
   * @param version all of what is published under it; null: nothing
   * @param minutes whether to the roll-ups of minutes, too; otherwise no commits are added
   */
  record Addition(Instant hour, long after, long through, Long version, boolean minutes) {
    Instant end() {
      return hour.plus(1, ChronoUnit.HOURS);
    }
  }

  /**
   * Sets up the work.
   *
   * @param connection in a transaction
   * @param mostSeries of one hour, those of fewer dimensions included
   */
  HourSums(CubeTables tables, Connection connection, Addition addition, int mostSeries) {
    this.tables = tables;
    this.rollUps = new RollUpTables(tables);
    this.connection = connection;
    this.addition = addition;
    this.mostSeries = mostSeries;
  }

  /** Takes what was added up. */
  interface Into {
    /**
     * Takes the rows of some buckets; none if nothing is in them.
     *
     * @param table name of the roll-up table that is to have them
     * @param from start of the first of the buckets
     * @param to end of the last
     */
    void take(RolledUpRows rows, String table, Instant from, Instant to) throws SQLException;
  }

  /**
   * Adds up: the hour's minutes, if they are rolled up, and then the hour.
   *
   * @throws IllegalArgumentException if a row contradicts itself
   * @throws TooManySeriesException if memory is not enough
   */
  void forEach(Into into) throws SQLException {
    RolledUpRows hours = new RolledUpRows(tables.cube(), mostSeries);
    if (addition.minutes()) {
      addMinutes(hours, into);
    }
    if (addition.version() != null) {
      hours.addPublished(
          connection, published(CubeTable.BATCH_HOUR, addition.hour(), addition.end()));
    }
    into.take(hours, rollUps.hour(), addition.hour(), addition.end());
  }

  private void addMinutes(RolledUpRows hours, Into into) throws SQLException {
    for (Instant start : starts()) {
      Instant end = start.plus(AT_A_TIME);
      RolledUpRows minutes = new RolledUpRows(tables.cube(), MINUTES_AT_A_TIME * mostSeries);
      minutes.addCommitted(connection, added(ADDED, start, end));
      hours.addRowsOfMinutes(minutes);
      if (addition.version() != null) {
        minutes.addPublished(connection, published(CubeTable.BATCH_MINUTE, start, end));
      }
      into.take(minutes, rollUps.minute(), start, end);
    }
  }

  /** Where the parts of the hour start that something is added to. */
  private List<Instant> starts() throws SQLException {
    Instant first = addition.hour();
    Instant end = addition.end();
    if (addition.version() == null) {
      try (Statement statement = connection.createStatement();
          ResultSet span = statement.executeQuery(added(SPAN, first, end))) {
        span.next();
        OffsetDateTime last = span.getObject(2, OffsetDateTime.class);
        if (last == null) {
          return List.of();
        }
        OffsetDateTime from = span.getObject(1, OffsetDateTime.class);
        long parts = Duration.between(first, from).dividedBy(AT_A_TIME);
        first = first.plus(AT_A_TIME.multipliedBy(parts));
        end = last.toInstant().plusMillis(1);
      }
    }
    Instant after = end;
    return Stream.iterate(first, start -> start.isBefore(after), start -> start.plus(AT_A_TIME))
        .toList();
  }

  private String added(SqlTemplate script, Instant from, Instant to) {
    Map<String, String> values = new HashMap<>(values());
    values.put("speed_table", tables.speedTable());
    values.put("from", SqlNames.literal(from));
    values.put("to", SqlNames.literal(to));
    values.put("after", Long.toString(addition.after()));
    values.put("through", Long.toString(addition.through()));
    return script.fill(values, Map.of());
  }

  private String published(CubeTable table, Instant from, Instant to) {
    Map<String, String> values = new HashMap<>(values());
    values.put("batch_table", tables.table(table));
    values.put("from", SqlNames.literal(from));
    values.put("to", SqlNames.literal(to));
    values.put("version", Long.toString(addition.version()));
    return PUBLISHED.fill(values, Map.of());
  }

  private Map<String, String> values() {
    return Map.of("columns", tables.rowColumnList(), "hour", SqlNames.literal(addition.hour()));
  }
}
