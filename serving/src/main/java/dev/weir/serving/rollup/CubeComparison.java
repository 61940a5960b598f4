package dev.weir.serving.rollup;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.rollup.HourSums.Addition;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Compares the roll-ups of one cube that are in use with what they are made of, each event hour and
 * day in a snapshot of its own.
 */
final class CubeComparison {
  private static final SqlTemplate PUBLISHED_OF_DAY =
      SqlTemplate.load("db/rollup/published_of_day.sql");

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final CubeTables tables;
  private final RollUpTables rollUps;
  private final RollUpScripts scripts;
  private final Connection connection;
  private final JdbcClient database;
  private final int mostSeries;
  private final List<RollUpDamage> damages = new ArrayList<>();
  private long compared;
  private long leftOut;

  /**
   * Sets up the work.
   *
   * @param connection not in auto-commit mode, repeatable read
   * @param mostSeries of one hour or day that are compared; more are left out
   */
  CubeComparison(Pipeline pipeline, Cube cube, Connection connection, int mostSeries) {
    this.mostSeries = mostSeries;
    this.tables = CubeTables.of(pipeline, cube);
    this.rollUps = new RollUpTables(tables);
    this.scripts = new RollUpScripts(cube, tables);
    this.connection = connection;
    this.database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }

  /** Compares those of the range's event hours, and of every day that has one of them. */
  RollUpReport compare(Instant from, Instant to) throws SQLException {
    Map<String, Object> range = values();
    range.put("from", at(from));
    range.put("to", at(to));
    List<Instant> hours = inUse("hours_in_use", range);
    Map<String, Object> ofDays = new HashMap<>(range);
    ofDays.put("from", at(from.truncatedTo(ChronoUnit.DAYS)));
    List<Instant> days = inUse("days_in_use", ofDays);
    connection.commit();
    for (Instant hour : hours) {
      hour(hour);
      connection.commit();
    }
    for (Instant day : days) {
      day(day);
      connection.commit();
    }
    astray(scripts.astrayMinutes, rollUps.minute(), false, range, true);
    astray(scripts.astrayHours, rollUps.hour(), false, range, false);
    astray(scripts.astrayDays, rollUps.day(), true, ofDays, false);
    unread(range);
    return new RollUpReport(damages, compared, leftOut);
  }

  private void hour(Instant hour) throws SQLException {
    Map<String, Object> values = values();
    values.put("hour", at(hour));
    Optional<Addition> noted =
        database
            .sql(RollUpScripts.text("hour_in_use"))
            .params(values)
            .query(
                (row, number) ->
                    new Addition(
                        hour,
                        row.getLong("absorbed_through"),
                        row.getLong("through_commit"),
                        row.getLong("version") == 0 ? HourSums.NO_VERSION : row.getLong("version"),
                        row.getBoolean("minutes")))
            .optional();
    if (noted.isPresent()) {
      StoredRows minutes = new StoredRows(tables, connection);
      StoredRows hours = new StoredRows(tables, connection);
      summing(
          rollUps.hour(),
          hour,
          false,
          () ->
              new HourSums(tables, connection, noted.get(), mostSeries)
                  .forEach(
                      (sums, table, from, to) ->
                          (table.equals(rollUps.hour()) ? hours : minutes)
                              .compare(sums, table, hour, from, to)));
      add(minutes, rollUps.minute(), hour, false);
      add(hours, rollUps.hour(), hour, false);
    }
  }

  private void day(Instant day) throws SQLException {
    Map<String, Object> range = values();
    range.put("from", at(day));
    range.put("to", at(day.plusMillis(1)));
    if (!inUse("days_in_use", range).isEmpty()) {
      StoredRows rows = new StoredRows(tables, connection);
      summing(
          rollUps.day(),
          day,
          true,
          () -> {
            RolledUpRows sums = new RolledUpRows(tables.cube(), mostSeries);
            sums.addPublishedToEvery(connection, publishedOf(day));
            rows.compare(sums, rollUps.day(), day, day, day.plus(DAY));
          });
      add(rows, rollUps.day(), day, true);
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  /** Why something could not be added up is told here; what was compared before is kept. */
  private void summing(String table, Instant start, boolean day, Work work) throws SQLException {
    try {
      work.run();
    } catch (TooManySeriesException e) {
      leftOut++;
    } catch (IllegalArgumentException | ArithmeticException e) {
      String why = "what it is made of cannot be read: " + e.getMessage();
      damages.add(new RollUpDamage(tables.cube().name(), table, day, start, why, false));
    }
  }

  private void add(StoredRows rows, String table, Instant start, boolean day) {
    compared += rows.compared();
    if (!rows.agree()) {
      add(table, start, day, rows.detail());
    }
  }

  private void add(String table, Instant start, boolean day, String detail) {
    Map<String, Object> range = values();
    range.put("from", at(start));
    range.put("to", at(start.plus(day ? DAY : HOUR)));
    boolean whole =
        database
            .sql(RollUpScripts.text("layers_whole"))
            .params(range)
            .query(Boolean.class)
            .single();
    damages.add(new RollUpDamage(tables.cube().name(), table, day, start, detail, whole));
  }

  private String publishedOf(Instant day) {
    return PUBLISHED_OF_DAY.fill(
        Map.of(
            "columns", tables.rowColumnList(),
            "batch_table", tables.table(CubeTable.BATCH_HOUR),
            "cube", SqlNames.literal(tables.cube().name()),
            "definition", SqlNames.literal(tables.cube().definitionHash()),
            "day", SqlNames.literal(day),
            "day_end", SqlNames.literal(day.plus(DAY))),
        Map.of());
  }

  /** Rows that are served although nothing says that they are there. */
  private void astray(
      String script, String table, boolean day, Map<String, Object> range, boolean minutes)
      throws SQLException {
    Map<String, Object> values = new HashMap<>(range);
    values.put("minutes", minutes);
    found(script, values, table, day, "belong to no roll-up");
  }

  private void unread(Map<String, Object> range) throws SQLException {
    found(
        scripts.unread,
        range,
        tables.speedTable(),
        false,
        "are taken for rolled up and are in no roll-up, so no question reads them");
  }

  private void found(
      String script, Map<String, Object> values, String table, boolean day, String what)
      throws SQLException {
    List<Map<String, Object>> found = database.sql(script).params(values).query().listOfRows();
    for (Map<String, Object> row : found) {
      Instant start = ((Timestamp) row.get("event_hour")).toInstant();
      add(table, start, day, "rows that " + what + ": " + row.get("rows"));
    }
    connection.commit();
  }

  private List<Instant> inUse(String script, Map<String, Object> range) {
    return database
        .sql(RollUpScripts.text(script))
        .params(range)
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list();
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("cube", tables.cube().name());
    values.put("definition", tables.cube().definitionHash());
    return values;
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
