package dev.weir.serving.rollup;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Roll-ups of a long history that come to an end half-way. */
class CubeRollUpsITCase {
  private static final Instant LONG_AFTER = Instant.parse("2026-06-01T00:00:00Z");

  private final Pipeline pipeline = SamplePipeline.web();
  private ServedLog log;
  private JdbcClient database;
  private CubeRollUps rollUps;

  @BeforeEach
  void create() {
    log = new ServedLog(pipeline);
    database = JdbcClient.create(log.database().dataSource());
    rollUps = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE));
  }

  @AfterEach
  void drop() {
    log.close();
  }

  @Test
  void anHourThatIsTakenBackBeforeItWasRolledUpIsServedFromItsCommits() throws SQLException {
    List<Event> events = new RandomEvents(pipeline, 3).lateShare(0.9).list(400);
    commitAndPublish(events);

    boolean more = refresh(rollUps, log);
    int takenBack =
        database
            .sql(
                "DELETE FROM weir.coverage WHERE event_hour NOT IN (SELECT event_hour FROM weir.roll_up)")
            .update();

    assertThat(more).isTrue();
    assertThat(takenBack).isPositive();
    assertThat(served()).isEqualTo(events.size());

    while (more) {
      more = refresh(rollUps, log);
    }
    assertThat(served()).isEqualTo(events.size());
  }

  @Test
  void aBacklogIsReadWhileEventsComeOnFasterThanTheClock() {
    RollUps all = new RollUps(log.database().dataSource(), pipeline, Clock.systemUTC());
    assertThat(all.backlogIsRead()).as("nothing committed").isFalse();

    commits("10 s", "1 h");
    assertThat(all.backlogIsRead()).as("a first commit of old events").isTrue();
    commits("10 s", "20 s");
    assertThat(all.backlogIsRead()).as("a first commit of new ones").isFalse();
    commits("2 min", "1 h");
    assertThat(all.backlogIsRead()).as("nothing came after it").isFalse();

    commits("20 s", "2 h", "10 s", "1 h");
    assertThat(all.backlogIsRead()).as("an hour in ten seconds").isTrue();
    commits("20 s", "3610 s", "10 s", "1 h");
    assertThat(all.backlogIsRead()).as("events of an hour ago all the time").isFalse();
    commits("20 s", "2 min", "10 s", "-20 min");
    assertThat(all.backlogIsRead()).as("a clock that is ahead").isFalse();
    commits("20 s", "1 h", "10 s", "2 h");
    assertThat(all.backlogIsRead()).as("late ones after newer ones").isFalse();
    commits("50 s", "2 h", "40 s", "1 h");
    assertThat(all.backlogIsRead()).as("three pauses without a commit").isFalse();
  }

  /** The only commits: for each how long ago it was made, and how old its newest event is now. */
  private void commits(String... ago) {
    log.database().execute("DELETE FROM weir.ledger; DELETE FROM weir.journal");
    for (int i = 0; i < ago.length; i += 2) {
      log.database().execute("INSERT INTO weir.journal VALUES (" + (i + 1) + ", '{}')");
      database
          .sql(
              "INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint, committed_at, max_event_time)"
                  + " VALUES (:commit, gen_random_uuid(), gen_random_uuid(), 1, 'job', :commit,"
                  + " clock_timestamp() - :made::interval, clock_timestamp() - :newest::interval)")
          .param("commit", i + 1)
          .param("made", ago[i])
          .param("newest", ago[i + 1])
          .update();
    }
  }

  @Test
  void whatIsEmptiedIsMadeAnew() throws SQLException {
    List<Event> events = new RandomEvents(pipeline, 3).lateShare(0.2).list(60);
    commitAndPublish(events);
    bringUpToDate();
    RollUpTables tables = new RollUpTables(log.tables());

    for (String table : List.of(tables.hour(), tables.day(), "weir.roll_up")) {
      database.sql("TRUNCATE " + table).update();
      assertThat(total("day")).as("without %s", table).isEqualTo(events.size());
      assertThat(total("hour")).as("without %s", table).isEqualTo(events.size());

      bringUpToDate();
      assertThat(total("day")).as("%s again", table).isEqualTo(events.size());
      assertThat(total("hour")).as("%s again", table).isEqualTo(events.size());
      assertThat(database.sql("SELECT count(*) FROM " + table).query(Long.class).single())
          .as(table)
          .isPositive();
    }
  }

  @Test
  void aDayHoldsPublishedHoursOnly() throws SQLException {
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
    commitAndPublish(published);
    log.commit(2, 2, committed);
    bringUpToDate();
    assertThat(total("day")).isEqualTo(events.size());

    log.rewind(1);
    bringUpToDate();

    assertThat(committed).isNotEmpty();
    assertThat(total("day")).isEqualTo(published.size());
  }

  /** Days of which some hours are not published yet would be rolled up anew again and again. */
  @Test
  @Timeout(120)
  void comesToAnEndWhereEndedDaysAreNotWhollyPublished() throws SQLException {
    List<Event> events =
        new RandomEvents(pipeline, 3, Instant.parse("2026-03-01T03:00:00Z"))
            .duplicateShare(0)
            .stepMillis(3_600_000)
            .list(120);
    List<Event> published =
        events.stream().filter(event -> event.hourMillis() / 3_600_000 % 24 < 12).toList();
    List<Event> committed = events.stream().filter(event -> !published.contains(event)).toList();
    commitAndPublish(published);
    log.commit(2, 2, committed);

    all().refresh();

    assertThat(total("day")).isEqualTo(events.size());
    assertThat(total("hour")).isEqualTo(events.size());
  }

  /** One that does not know that somebody says when roll-ups are of what is served. */
  @Test
  void anApplicationOfBeforeMakesEveryHourBeLookedAt() throws SQLException {
    List<Event> events = new RandomEvents(pipeline, 3).duplicateShare(0).list(60);
    log.commit(1, 1, events);
    bringUpToDate();
    assertThat(current()).isTrue();

    database.sql("UPDATE weir.roll_up SET through_commit = through_commit").update();
    assertThat(current()).isFalse();
    bringUpToDate();
    assertThat(current()).isTrue();

    database
        .sql(
            "INSERT INTO weir.roll_up_day (cube, definition_hash, day, published)"
                + " SELECT cube, definition_hash, '2026-03-01', '{}' FROM weir.roll_up_cube")
        .update();
    assertThat(current()).isFalse();

    log.commit(2, 2, events);
    bringUpToDate();
    assertThat(current()).isTrue();
    log.rewind(1);
    assertThat(current()).isFalse();
    assertThat(total("hour")).isEqualTo(events.size());
  }

  /** Else it would say of rows that are gone already that they are what is served. */
  @Test
  void whoeverIsAboutToEmptyATableIsWaitedFor() throws Exception {
    List<Event> events = new RandomEvents(pipeline, 3).duplicateShare(0).list(60);
    log.commit(1, 1, events);
    bringUpToDate();
    // Something of another cube was published: there is nothing to add up, only to say that.
    database.sql("UPDATE weir.coverage_state SET changes = changes + 1").update();
    CompletableFuture<Void> refresh;
    try (Connection emptying = log.database().connect();
        Statement statement = emptying.createStatement()) {
      emptying.setAutoCommit(false);
      statement.execute("TRUNCATE " + new RollUpTables(log.tables()).hour());
      refresh = CompletableFuture.runAsync(() -> all().refresh());
      await().atMost(Duration.ofMinutes(1)).until(() -> refresh.isDone() || waiting() > 0);
      assertThat(refresh).isNotDone();
      emptying.commit();
    }
    refresh.join();

    assertThat(total("hour")).isEqualTo(events.size());
  }

  private long waiting() {
    return database
        .sql(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        .query(Long.class)
        .single();
  }

  /** Rows of an hour that nothing is said of any more would be served with all the others. */
  @Test
  void whatIsLeftOfATableThatWasEmptiedIsForgotten() throws SQLException {
    List<Event> events = new RandomEvents(pipeline, 3).duplicateShare(0).list(60);
    log.commit(1, 1, events);
    bringUpToDate();

    database.sql("TRUNCATE " + new RollUpTables(log.tables()).minute()).update();
    log.rewind(0);
    bringUpToDate();

    assertThat(current()).isTrue();
    assertThat(
            database
                .sql("SELECT count(*) FROM rollup.traffic_total_hour")
                .query(Long.class)
                .single())
        .isZero();
  }

  private boolean current() {
    return database
        .sql("SELECT current FROM weir.roll_up_state WHERE cube = 'traffic'")
        .query(Boolean.class)
        .single();
  }

  @Test
  void aDamagedRowKeepsOneCubesRollUpsWhereTheyAre() throws SQLException {
    List<Event> events = new RandomEvents(pipeline, 3).duplicateShare(0).list(60);
    log.commit(1, 1, events);
    database.sql("UPDATE " + log.tables().speedTable() + " SET event_count = 0").update();

    all().refresh();

    assertThat(
            database
                .sql("SELECT cube FROM weir.roll_up_cube WHERE through_commit = 1")
                .query(String.class)
                .list())
        .isNotEmpty()
        .doesNotContain(pipeline.cubes().get(ServedLog.CUBE).name());
  }

  /** As an application writes them that does not know of these columns. */
  @Test
  void whatIsNotComputedYetIsComputedFromTheSketches() throws SQLException {
    log.commit(1, 1, new RandomEvents(pipeline, 5).list(200));
    bringUpToDate();
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

  @Test
  void theDatabaseAddsUpTheSameWhereMemoryIsNotEnough() throws SQLException {
    assertThat(rolledUp(0)).isEqualTo(rolledUp(HourSums.MOST_SERIES)).isNotEmpty();
  }

  /** All rows of minutes and hours, after commits, a publication, late commits. */
  private List<String> rolledUp(int mostSeries) throws SQLException {
    RandomEvents random =
        new RandomEvents(pipeline, 5).lateShare(0.4).duplicateShare(0).keys(3).stepMillis(60_000);
    Cube cube = pipeline.cubes().get(ServedLog.CUBE);
    CubeRollUps by = new CubeRollUps(pipeline, cube, mostSeries);
    try (ServedLog its = new ServedLog(pipeline)) {
      List<Event> first = random.list(200);
      its.commit(1, 1, first);
      bringUpToDate(by, its);
      its.write(1, 1, first);
      its.publish(1, 1, first);
      its.commit(2, 2, random.list(100));
      bringUpToDate(by, its);
      its.commit(3, 3, random.list(100));
      bringUpToDate(by, its);
      RollUpTables tables = new RollUpTables(its.tables());
      String rows = "SELECT t::text FROM %s AS t UNION ALL SELECT t::text FROM %s AS t ORDER BY 1";
      return JdbcClient.create(its.database().dataSource())
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

  private void commitAndPublish(List<Event> events) {
    log.commit(1, 1, events);
    log.write(1, 1, events);
    log.publish(1, 1, events);
  }

  /** The roll-ups of all cubes. */
  private RollUps all() {
    return new RollUps(log.database().dataSource(), pipeline, Clock.fixed(LONG_AFTER, UTC));
  }

  private void bringUpToDate() throws SQLException {
    bringUpToDate(rollUps, log);
  }

  private static void bringUpToDate(CubeRollUps rollUps, ServedLog log) throws SQLException {
    boolean more = true;
    while (more) {
      more = refresh(rollUps, log);
    }
  }

  private long total(String grain) {
    return database
        .sql("SELECT sum(event_count) FROM rollup.traffic_total_" + grain)
        .query(Long.class)
        .single();
  }

  private long served() {
    return database
        .sql("SELECT sum(event_count) FROM serving.traffic_minute")
        .query(Long.class)
        .single();
  }
}
