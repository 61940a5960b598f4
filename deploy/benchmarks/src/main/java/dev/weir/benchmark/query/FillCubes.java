package dev.weir.benchmark.query;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.benchmark.SqlText;
import dev.weir.benchmark.stream.WebShop;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes a long history straight into the cubes' tables, as the layers would have: hours published
 * under one version, then hours that were committed and not published yet. Nothing is archived.
 */
final class FillCubes {
  private static final int TRAFFIC = 0;
  private static final int ROUTES = 1;
  private static final int EVENTS_A_MINUTE = 45;
  private static final int EVENTS_A_MINUTE_OF_A_ROUTE = 6;
  private static final int COMMITS_A_MINUTE = 6;
  private static final long VERSION = 1;
  private static final long SEED = 42;

  private final Connection connection;
  private final Pipeline pipeline;
  private final Instant published;
  private final int trafficHours;
  private final int routesHours;
  private final int committedMinutes;
  private final List<MinutePool> pools = new ArrayList<>();
  private long commit;

  /**
   * Sets up the work.
   *
   * @param connection with a transaction open; stays the caller's
   * @param published where the published hours end, a whole hour
   * @param trafficHours how many published hours the cube of 24 series has
   * @param routesHours how many the cube of 1,200 series has
   * @param committedMinutes how many minutes after them were committed only
   */
  FillCubes(
      Connection connection,
      Pipeline pipeline,
      Instant published,
      int trafficHours,
      int routesHours,
      int committedMinutes) {
    this.connection = connection;
    this.pipeline = pipeline;
    this.published = published;
    this.trafficHours = trafficHours;
    this.routesHours = routesHours;
    this.committedMinutes = committedMinutes;
  }

  /** Writes everything. */
  void fill() throws SQLException, IOException {
    days(TRAFFIC, trafficHours);
    days(ROUTES, routesHours);
    update("begin_run", VERSION);
    publish(TRAFFIC, EVENTS_A_MINUTE, trafficHours);
    publish(ROUTES, EVENTS_A_MINUTE_OF_A_ROUTE, routesHours);
    commits();
    connection.commit();
  }

  /**
   * One after the other, each on its own: the application makes days of all tables, too, and would
   * wait for a table that this transaction has locked while this one waits for another.
   */
  private void days(int cube, int hours) throws SQLException {
    CubeTables tables = tables(cube);
    LocalDate first = LocalDate.ofInstant(published.minus(Duration.ofHours(hours)), ZoneOffset.UTC);
    LocalDate last =
        LocalDate.ofInstant(published.plus(Duration.ofMinutes(committedMinutes)), ZoneOffset.UTC);
    for (CubeTable table : List.of(CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR, CubeTable.SPEED)) {
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        update("ensure_day", tables.table(table), day);
        connection.commit();
      }
    }
  }

  private void publish(int cube, int events, int hours) throws SQLException, IOException {
    CubeTables tables = tables(cube);
    MinutePool pool = new MinutePool(layout(cube), events, SEED + cube);
    CubeRows minuteRows = new CubeRows(tables, CubeTable.BATCH_MINUTE);
    CubeRows hourRows = new CubeRows(tables, CubeTable.BATCH_HOUR);
    List<String[]> series = series(cube);
    for (int back = hours; back > 0; back--) {
      Instant hour = published.minus(Duration.ofHours(back));
      MinuteAggregate[] sums = new MinuteAggregate[series.size()];
      for (int minute = 0; minute < 60; minute++) {
        long millis = hour.toEpochMilli() + minute * 60_000L;
        for (int i = 0; i < sums.length; i++) {
          MinuteAggregate one = pool.next();
          minuteRows.append(VERSION, new AggregateKey(cube, millis, series.get(i)), one);
          if (minute == 0) {
            sums[i] = one.copy();
          } else {
            sums[i].merge(one);
          }
        }
      }
      for (int i = 0; i < sums.length; i++) {
        hourRows.append(
            VERSION, new AggregateKey(cube, hour.toEpochMilli(), series.get(i)), sums[i]);
      }
      minuteRows.write(connection);
      hourRows.write(connection);
      note(tables, CubeTable.BATCH_MINUTE, hour, VERSION);
      note(tables, CubeTable.BATCH_HOUR, hour, VERSION);
      update("cover", tables.cube().name(), tables.cube().definitionHash(), at(hour), VERSION);
    }
  }

  private void commits() throws SQLException, IOException {
    pools.add(new MinutePool(layout(TRAFFIC), EVENTS_A_MINUTE / COMMITS_A_MINUTE, SEED));
    pools.add(new MinutePool(layout(ROUTES), 1, SEED));
    for (int minute = 0; minute < committedMinutes; minute++) {
      Instant start = published.plus(Duration.ofMinutes(minute));
      for (int part = 0; part < COMMITS_A_MINUTE; part++) {
        commit++;
        update("insert_journal", commit);
        UUID uuid = new UUID(commit, commit);
        update("insert_ledger", commit, uuid, commit, at(start), at(start));
        commit(TRAFFIC, start);
        commit(ROUTES, start);
        update("move_head", commit, uuid, commit, commit);
      }
    }
  }

  private void commit(int cube, Instant minute) throws SQLException, IOException {
    CubeTables tables = tables(cube);
    MinutePool pool = pools.get(cube);
    CubeRows rows = new CubeRows(tables, CubeTable.SPEED);
    for (String[] dimensions : series(cube)) {
      rows.append(commit, new AggregateKey(cube, minute.toEpochMilli(), dimensions), pool.next());
    }
    rows.write(connection);
    note(tables, CubeTable.SPEED, minute.truncatedTo(ChronoUnit.HOURS), commit);
  }

  private void note(CubeTables tables, CubeTable table, Instant hour, long tag)
      throws SQLException {
    update(
        "note_digests",
        table.layer(),
        tables.cube().name(),
        tables.cube().definitionHash(),
        at(hour),
        tag);
  }

  private MeasureLayout layout(int cube) {
    return pipeline.cubes().get(cube).layout();
  }

  private CubeTables tables(int cube) {
    return CubeTables.of(pipeline, pipeline.cubes().get(cube));
  }

  private static List<String[]> series(int cube) {
    List<String[]> series = new ArrayList<>();
    for (String type : WebShop.TYPES) {
      for (String segment : WebShop.SEGMENTS) {
        if (cube == TRAFFIC) {
          series.add(new String[] {type, segment});
        } else {
          WebShop.ROUTES.forEach(route -> series.add(new String[] {type, segment, route}));
        }
      }
    }
    return series;
  }

  private static Object at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private void update(String statement, Object... values) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(SqlText.read(FillCubes.class, statement))) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.execute();
    }
  }
}
