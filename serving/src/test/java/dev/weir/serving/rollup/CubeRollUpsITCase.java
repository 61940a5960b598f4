package dev.weir.serving.rollup;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.view.ServedLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
      assertThat(total(database, "day")).isEqualTo(events.size());

      log.rewind(1);
      bringUpToDate(rollUps, log);

      assertThat(committed).isNotEmpty();
      assertThat(total(database, "day")).isEqualTo(published.size());
    }
  }

  /** Days of which some hours are not published yet would be rolled up anew again and again. */
  @Test
  @Timeout(120)
  void comesToAnEndWhereEndedDaysAreNotWhollyPublished() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events =
        new RandomEvents(pipeline, 3, Instant.parse("2026-03-01T03:00:00Z"))
            .duplicateShare(0)
            .stepMillis(3_600_000)
            .list(120);
    List<Event> published =
        events.stream().filter(event -> event.hourMillis() / 3_600_000 % 24 < 12).toList();
    List<Event> committed = events.stream().filter(event -> !published.contains(event)).toList();
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, published);
      log.write(1, 1, published);
      log.publish(1, 1, published);
      log.commit(2, 2, committed);

      new RollUps(log.database().dataSource(), pipeline, Clock.fixed(LONG_AFTER, UTC)).refresh();

      assertThat(total(database, "day")).isEqualTo(events.size());
      assertThat(total(database, "hour")).isEqualTo(events.size());
    }
  }

  /** One that does not know that somebody says when roll-ups are of what is served. */
  @Test
  void anApplicationOfBeforeMakesEveryHourBeLookedAt() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events = new RandomEvents(pipeline, 3).duplicateShare(0).list(60);
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, events);
      CubeRollUps rollUps = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE));
      bringUpToDate(rollUps, log);
      assertThat(current(database)).isTrue();

      database.sql("UPDATE weir.roll_up SET through_commit = through_commit").update();
      assertThat(current(database)).isFalse();
      bringUpToDate(rollUps, log);
      assertThat(current(database)).isTrue();

      database
          .sql(
              "INSERT INTO weir.roll_up_day (cube, definition_hash, day, published)"
                  + " SELECT cube, definition_hash, '2026-03-01', '{}' FROM weir.roll_up_cube")
          .update();
      assertThat(current(database)).isFalse();

      log.commit(2, 2, events);
      bringUpToDate(rollUps, log);
      assertThat(current(database)).isTrue();
      log.rewind(1);
      assertThat(current(database)).isFalse();
      assertThat(total(database, "hour")).isEqualTo(events.size());
    }
  }

  /** Rows of an hour that nothing is said of any more would be served with all the others. */
  @Test
  void whatIsLeftOfATableThatWasEmptiedIsForgotten() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events = new RandomEvents(pipeline, 3).duplicateShare(0).list(60);
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, events);
      CubeRollUps rollUps = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE));
      bringUpToDate(rollUps, log);

      database.sql("TRUNCATE " + new RollUpTables(log.tables()).minute()).update();
      log.rewind(0);
      bringUpToDate(rollUps, log);

      assertThat(current(database)).isTrue();
      assertThat(
              database
                  .sql("SELECT count(*) FROM rollup.traffic_total_hour")
                  .query(Long.class)
                  .single())
          .isZero();
    }
  }

  private static boolean current(JdbcClient database) {
    return database
        .sql("SELECT current FROM weir.roll_up_state WHERE cube = 'traffic'")
        .query(Boolean.class)
        .single();
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

  /** As an application writes them that does not know of these columns. */
  @Test
  void whatIsNotComputedYetIsComputedFromTheSketches() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, new RandomEvents(pipeline, 5).list(200));
      bringUpToDate(new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE)), log);
      String question =
          "SELECT (bucket, value_p95, user_id_distinct)::text FROM rollup.traffic_total_hour ORDER BY 1";
      List<String> computed = database.sql(question).query(String.class).list();
      String table = new RollUpTables(log.tables()).hour();

      database.sql("UPDATE " + table + " SET value_p95 = 1, user_id_distinct = 1").update();
      assertThat(database.sql(question).query(String.class).list())
          .as("served as they are")
          .isNotEqualTo(computed);

      database.sql("UPDATE " + table + " SET value_p95 = NULL, user_id_distinct = NULL").update();
      assertThat(database.sql(question).query(String.class).list()).isEqualTo(computed);
    }
  }

  @Test
  void theDatabaseAddsUpTheSameWhereMemoryIsNotEnough() throws SQLException {
    assertThat(rolledUp(0)).isEqualTo(rolledUp(AddUpHour.MOST_SERIES)).isNotEmpty();
  }

  /** All rows of minutes and hours, after commits, a publication, late commits. */
  private static List<String> rolledUp(int mostSeries) throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    RandomEvents random =
        new RandomEvents(pipeline, 5).lateShare(0.4).duplicateShare(0).keys(3).stepMillis(60_000);
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      Cube cube = pipeline.cubes().get(ServedLog.CUBE);
      CubeRollUps rollUps = new CubeRollUps(pipeline, cube, mostSeries);
      List<Event> first = random.list(200);
      log.commit(1, 1, first);
      bringUpToDate(rollUps, log);
      log.write(1, 1, first);
      log.publish(1, 1, first);
      log.commit(2, 2, random.list(100));
      bringUpToDate(rollUps, log);
      log.commit(3, 3, random.list(100));
      bringUpToDate(rollUps, log);
      RollUpTables tables = new RollUpTables(log.tables());
      String rows = "SELECT t::text FROM %s AS t UNION ALL SELECT t::text FROM %s AS t ORDER BY 1";
      return database
          .sql(rows.formatted(tables.minute(), tables.hour()))
          .query(String.class)
          .list();
    }
  }

  private static boolean refresh(CubeRollUps rollUps, ServedLog log) throws SQLException {
    try (Connection connection = log.database().dataSource().getConnection()) {
      connection.setAutoCommit(false);
      boolean more = rollUps.refresh(connection, LONG_AFTER);
      connection.commit();
      return more;
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
