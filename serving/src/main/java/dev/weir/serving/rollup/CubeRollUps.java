package dev.weir.serving.rollup;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.rollup.HourSums.Addition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Brings the roll-ups of one cube up to date, inside the caller's transaction: one snapshot. */
final class CubeRollUps {
  /** Questions by the minute are about the last two days, mostly. */
  private static final long MINUTES_FOR_HOURS = 49;

  /**
   * Hours that were published are rolled up this many at a time, so that no transaction is long.
   */
  private static final int HOURS_AT_ONCE = 24;

  private static final int DAYS_AT_ONCE = 2;

  private final Cube cube;
  private final CubeTables tables;
  private final RollUpScripts scripts;
  private final int mostSeries;

  CubeRollUps(Pipeline pipeline, Cube cube) {
    this(pipeline, cube, HourSums.MOST_SERIES);
  }

  /**
   * Sets up the work.
   *
   * @param mostSeries of one hour that are added up in memory; more are by the database
   */
  CubeRollUps(Pipeline pipeline, Cube cube, int mostSeries) {
    this.mostSeries = mostSeries;
    this.cube = cube;
    this.tables = CubeTables.of(pipeline, cube);
    this.scripts = new RollUpScripts(cube, tables);
  }

  String cube() {
    return cube.name();
  }

  /**
   * Adds up what came and a part of what was published.
   *
   * @return whether more is left
   * @throws IllegalArgumentException if a row that is to be added contradicts itself
   */
  boolean refresh(Connection connection, Instant now) throws SQLException {
    JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    OffsetDateTime present = now.atOffset(ZoneOffset.UTC);
    Map<String, Object> values = new HashMap<>();
    values.put("cube", cube.name());
    values.put("definition", cube.definitionHash());
    values.put("minutes_from", present.minusHours(MINUTES_FOR_HOURS));
    values.put("ended_from", present.minusHours(25));
    values.put("limit", DAYS_AT_ONCE);
    database.sql(scripts.lockTables).update();
    boolean noted =
        database.sql(RollUpScripts.text("noted")).params(values).query(Boolean.class).single();
    long head = database.sql(RollUpScripts.text("head")).query(Long.class).single();
    List<OutdatedHour> hours =
        database
            .sql(scripts.outdatedHours)
            .params(values)
            .query((row, number) -> OutdatedHour.read(row))
            .list();
    database.sql(scripts.forgetHours).params(values).update();
    int published = 0;
    boolean more = false;
    for (OutdatedHour hour : hours) {
      // All that got commits, or the next line of this cube would be wrong.
      if (hour.hasNew() || published++ < HOURS_AT_ONCE) {
        addUp(connection, database, hour, head, new HashMap<>(values));
      } else {
        more = true;
      }
    }
    // Not before: an hour that got commits keeps its minutes.
    database.sql(scripts.forgetMinutes).params(values).update();
    List<OffsetDateTime> days =
        database
            .sql(scripts.outdatedDays)
            .params(values)
            .query((row, number) -> row.getObject(1, OffsetDateTime.class))
            .list();
    for (OffsetDateTime day : days) {
      values.put("day", day);
      values.put("day_end", day.plusDays(1));
      database.sql(scripts.addUpDay).params(values).update();
    }
    database.sql(scripts.forgetDays).params(values).update();
    // Not while a published hour is left: taken back meanwhile, its commits would be in no roll-up.
    if (!more) {
      if (!noted) {
        database.sql(scripts.forgetOrphanMinutes).params(values).update();
        database.sql(scripts.forgetOrphanHours).params(values).update();
      }
      values.put("through", head);
      database.sql(RollUpScripts.text("note_cube")).params(values).update();
    }
    return more || days.size() == DAYS_AT_ONCE;
  }

  private void addUp(
      Connection connection,
      JdbcClient database,
      OutdatedHour hour,
      long head,
      Map<String, Object> values)
      throws SQLException {
    long through = hour.newThrough(head);
    values.put("hour", hour.start());
    values.put("served_version", hour.version());
    values.put("absorbed", hour.absorbed());
    values.put("through", through);
    values.put("minutes", hour.wantsMinutes());
    if (!hour.continues()) {
      database.sql(scripts.forgetMinutesOfHour).params(values).update();
      database.sql(scripts.forgetHour).params(values).update();
    }
    Addition addition =
        new Addition(
            hour.start().toInstant(),
            hour.continues() ? hour.through() : hour.absorbed(),
            through,
            hour.continues() || hour.version() == 0 ? null : hour.version(),
            hour.wantsMinutes());
    Savepoint before = connection.setSavepoint();
    try {
      new AddUpHour(tables, connection, addition, mostSeries).addUp();
      connection.releaseSavepoint(before);
    } catch (TooManySeriesException e) {
      connection.rollback(before);
      addUpInDatabase(database, addition, values);
    }
    database.sql(RollUpScripts.text("note_hour")).params(values).update();
  }

  /** Takes many times as long, but no memory. */
  private void addUpInDatabase(JdbcClient database, Addition addition, Map<String, Object> values) {
    values.put("hour_end", addition.end().atOffset(ZoneOffset.UTC));
    values.put("after", addition.after());
    values.put("version", addition.version() == null ? HourSums.NO_VERSION : addition.version());
    if (addition.minutes()) {
      database.sql(scripts.addUpMinutes).params(values).update();
    }
    database.sql(scripts.addUpHours).params(values).update();
  }
}
