package dev.weir.serving.rollup;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.view.ServedLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Roll-ups of a long history that come to an end half-way. */
class CubeRollUpsITCase {
  private static final Instant LONG_AFTER = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void anHourThatIsTakenBackBeforeItWasRolledUpIsServedFromItsCommits() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events = new RandomEvents(pipeline, 3).lateShare(0.9).list(400);
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, events);
      log.write(1, 1, events);
      log.publish(1, 1, events);

      CubeRollUps rollUps = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE));
      boolean more = refresh(rollUps, log);
      int takenBack =
          database
              .sql(
                  "DELETE FROM weir.coverage WHERE event_hour NOT IN (SELECT event_hour FROM weir.roll_up)")
              .update();

      assertThat(more).isTrue();
      assertThat(takenBack).isPositive();
      assertThat(served(database)).isEqualTo(events.size());

      while (more) {
        more = refresh(rollUps, log);
      }
      assertThat(served(database)).isEqualTo(events.size());
    }
  }

  @Test
  void whatIsEmptiedIsMadeAnew() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events = new RandomEvents(pipeline, 3).lateShare(0.2).list(60);
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, events);
      log.write(1, 1, events);
      log.publish(1, 1, events);
      CubeRollUps rollUps = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE));
      bringUpToDate(rollUps, log);
      RollUpTables tables = new RollUpTables(log.tables());

      for (String table : List.of(tables.hour(), tables.day(), "weir.roll_up")) {
        database.sql("TRUNCATE " + table).update();
        assertThat(total(database, "day")).as("without %s", table).isEqualTo(events.size());
        assertThat(total(database, "hour")).as("without %s", table).isEqualTo(events.size());

        bringUpToDate(rollUps, log);
        assertThat(total(database, "day")).as("%s again", table).isEqualTo(events.size());
        assertThat(total(database, "hour")).as("%s again", table).isEqualTo(events.size());
        assertThat(database.sql("SELECT count(*) FROM " + table).query(Long.class).single())
            .as(table)
            .isPositive();
      }
    }
  }

  @Test
  void aDayHoldsPublishedHoursOnly() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events =
        new RandomEvents(pipeline, 3, Instant.parse("2026-03-28T03:00:00Z"))
            .lateShare(0)
            .duplicateShare(0)
            .stepMillis(120_000)
            .list(60);
    long firstHour = events.stream().mapToLong(Event::hourMillis).min().orElseThrow();
    List<Event> published =
        events.stream().filter(event -> event.hourMillis() == firstHour).toList();
    List<Event> committed = events.stream().filter(event -> !published.contains(event)).toList();
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, published);
      log.write(1, 1, published);
      log.publish(1, 1, published);
      log.commit(2, 2, committed);
      CubeRollUps rollUps = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE));
      bringUpToDate(rollUps, log);

      log.rewind(1);
      bringUpToDate(rollUps, log);

      assertThat(committed).isNotEmpty();
      assertThat(total(database, "day")).isEqualTo(published.size());
    }
  }

  @Test
  void aDamagedRowKeepsOneCubesRollUpsWhereTheyAre() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events = new RandomEvents(pipeline, 3).duplicateShare(0).list(60);
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, events);
      database.sql("UPDATE " + log.tables().speedTable() + " SET event_count = 0").update();

      new RollUps(log.database().dataSource(), pipeline, Clock.fixed(LONG_AFTER, UTC)).refresh();

      assertThat(
              database
                  .sql("SELECT cube FROM weir.roll_up_cube WHERE through_commit = 1")
                  .query(String.class)
                  .list())
          .isNotEmpty()
          .doesNotContain(pipeline.cubes().get(ServedLog.CUBE).name());
    }
  }

  @Test
  void moreSeriesThanFitIntoMemoryAreRefusedAndTheConnectionGoesOn() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    Cube cube = pipeline.cubes().get(ServedLog.CUBE);
    try (ServedLog log = new ServedLog(pipeline);
        Connection connection = log.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      log.commit(1, 1, new RandomEvents(pipeline, 3).list(60));
      String rows = "extract(epoch FROM bucket)::bigint, " + log.tables().rowColumnList();
      String copy = "COPY (SELECT %s FROM %s) TO STDOUT (FORMAT binary)";
      String speedRows = copy.formatted(rows, log.tables().speedTable());

      RolledUpRows few = new RolledUpRows(cube, 2);
      assertThatThrownBy(() -> few.add(connection, speedRows, RolledUpRows.COMMITTED))
          .isInstanceOf(TooManySeriesException.class)
          .hasMessageContaining("has more series than are rolled up");

      RolledUpRows all = new RolledUpRows(cube, AddUpHour.MOST_SERIES);
      all.add(connection, speedRows, RolledUpRows.COMMITTED);
      assertThat(all.isEmpty()).isFalse();
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  private static boolean refresh(CubeRollUps rollUps, ServedLog log) throws SQLException {
    try (Connection connection = log.database().dataSource().getConnection()) {
      return rollUps.refresh(connection, LONG_AFTER);
    }
  }

  private static void bringUpToDate(CubeRollUps rollUps, ServedLog log) throws SQLException {
    boolean more = true;
    while (more) {
      more = refresh(rollUps, log);
    }
  }

  private static long total(JdbcClient database, String grain) {
    return database
        .sql("SELECT sum(event_count) FROM rollup.traffic_total_" + grain)
        .query(Long.class)
        .single();
  }

  private static long served(JdbcClient database) {
    return database
        .sql("SELECT sum(event_count) FROM serving.traffic_minute")
        .query(Long.class)
        .single();
  }
}
