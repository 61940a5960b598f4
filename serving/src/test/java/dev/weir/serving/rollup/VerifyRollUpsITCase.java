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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class VerifyRollUpsITCase {
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-03-28T20:00:00Z");
  private static final Instant LONG_AFTER = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant SOON_AFTER = Instant.parse("2026-03-29T06:00:00Z");

  private final Pipeline pipeline = SamplePipeline.web();
  private ServedLog log;
  private JdbcClient database;
  private RollUpTables tables;

  @BeforeEach
  void create() {
    log = new ServedLog(pipeline);
    database = JdbcClient.create(log.database().dataSource());
    tables = new RollUpTables(log.tables());
  }

  @AfterEach
  void drop() {
    log.close();
  }

  @Test
  void findsEveryKindOfDamageAndMendsIt() throws SQLException {
    publishSomeHoursAndCommit();
    long events = total("hour");
    RollUpReport whole = verify();
    assertThat(whole.damages()).isEmpty();
    assertThat(whole.leftOut()).isZero();
    assertThat(rows(tables.day())).isPositive();
    assertThat(whole.rows())
        .isEqualTo(rows(tables.minute()) + rows(tables.hour()) + rows(tables.day()));

    for (String table : List.of(tables.minute(), tables.hour(), tables.day())) {
      String one = " WHERE ctid = (SELECT max(ctid) FROM " + table + ")";
      for (String damage :
          List.of(
              "UPDATE %s SET event_count = event_count + 1" + one,
              "UPDATE %s SET value_p95 = coalesce(value_p95, 0) + 1" + one,
              "UPDATE %s SET user_id_distinct = 7777" + one,
              "UPDATE %s SET _part = 1 - _part" + one,
              "UPDATE %s SET value_sum = value_sum - 1" + one,
              "UPDATE %s SET value_min = coalesce(value_min, 0) - 1" + one,
              "UPDATE %s SET bucket = bucket + interval '400 days'" + one,
              "UPDATE %s SET bucket = bucket + interval '300 ms'" + one,
              "INSERT INTO %1$s SELECT * FROM %1$s" + one,
              "DELETE FROM %s" + one)) {
        String statement = damage.formatted(table);
        assertThat(database.sql(statement).update()).as(statement).isEqualTo(1);

        List<RollUpDamage> found = verify().damages();
        assertThat(found).as(statement).isNotEmpty();
        assertThat(found).as(statement).allMatch(wrong -> wrong.table().equals(table));
        verification().takeBack(found);
        assertThat(verify().damages()).as("taken back: %s", statement).isEmpty();
        assertThat(total("hour")).as(statement).isEqualTo(events);
        assertThat(total("day")).as(statement).isEqualTo(events);

        refresh(SOON_AFTER);
        RollUpReport again = verify();
        assertThat(again.damages()).as("made anew: %s", statement).isEmpty();
        assertThat(again.rows()).as(statement).isEqualTo(whole.rows());
      }
    }
  }

  @Test
  void namesThePlaceAndWhatIsWrong() throws SQLException {
    publishSomeHoursAndCommit();
    database
        .sql(
            "DELETE FROM "
                + tables.hour()
                + " WHERE event_hour = '2026-03-28T21:00Z' AND _grouping = 1")
        .update();

    assertThat(verify().damages())
        .singleElement()
        .hasToString(
            "event hour 2026-03-28T21:00:00Z: "
                + tables.hour()
                + ": 1 row is missing; "
                + (rowsOf("2026-03-28T21:00Z") + 1)
                + " should be there");
    assertThat(verification().verify(FIRST, Instant.parse("2026-03-28T21:00:00Z")).damages())
        .isEmpty();
  }

  /** Rows that nobody has noted, and commits that nobody reads. */
  @Test
  void findsWhatIsServedOrLeftOutByMistake() throws SQLException {
    publishSomeHoursAndCommit();
    long events = total("hour");
    database
        .sql(
            "UPDATE %s SET event_hour = event_hour + interval '300 days', bucket = bucket + interval '300 days' WHERE ctid = (SELECT max(ctid) FROM %1$s)"
                .formatted(tables.hour()))
        .update();
    assertThat(verify().damages())
        .extracting(RollUpDamage::detail)
        .anyMatch(detail -> detail.equals("rows that belong to no roll-up: 1"));
    verification().takeBack(verify().damages());
    refresh(SOON_AFTER);
    assertThat(verify().damages()).isEmpty();

    log.commit(
        3, 3, new RandomEvents(pipeline, 9, FIRST.plusSeconds(90_000)).duplicateShare(0).list(20));
    database.sql("UPDATE weir.roll_up_cube SET through_commit = 3").update();
    assertThat(total("hour")).as("the damage").isEqualTo(events);
    List<RollUpDamage> unread = verify().damages();
    assertThat(unread)
        .isNotEmpty()
        .allMatch(damage -> damage.table().equals(log.tables().speedTable()));
    verification().takeBack(unread);
    assertThat(total("hour")).isEqualTo(events + 20);
    refresh(SOON_AFTER);
    assertThat(verify().damages()).isEmpty();
    assertThat(total("hour")).isEqualTo(events + 20);
  }

  /** It is told, ends nothing, and costs no roll-up: that may be all that is right. */
  @Test
  void leavesWhatIsMadeOfDamagedRowsAlone() throws SQLException {
    publishSomeHoursAndCommit();
    long rows = rows(tables.hour());
    database.sql("UPDATE " + log.tables().speedTable() + " SET event_count = 0").update();

    List<RollUpDamage> found = verify().damages();
    assertThat(found)
        .isNotEmpty()
        .noneMatch(RollUpDamage::mendable)
        .extracting(RollUpDamage::detail)
        .allMatch(detail -> detail.startsWith("what it is made of cannot be read: "));
    assertThat(verification().takeBack(found)).isZero();
    assertThat(rows(tables.hour())).isEqualTo(rows);
    assertThat(verify().damages()).isEqualTo(found);
  }

  /** Altered rows that can be read, and a day that is made of them and of others. */
  @Test
  void leavesWhatIsRightAloneWhereTheLayersAreNot() throws SQLException {
    publishSomeHoursAndCommit();
    String hours = log.tables().batchHourTable();
    database
        .sql(
            "UPDATE %1$s SET event_count = event_count + 1 WHERE ctid = (SELECT max(ctid) FROM %1$s WHERE event_hour = '2026-03-28T21:00Z')"
                .formatted(hours))
        .update();

    List<RollUpDamage> found =
        verification()
            .verify(Instant.parse("2026-03-28T22:00:00Z"), Instant.parse("2026-03-28T23:00:00Z"))
            .damages();
    assertThat(found).singleElement().matches(RollUpDamage::day).matches(one -> !one.mendable());
    assertThat(found.get(0).toString()).endsWith("those come first)");
    assertThat(verification().takeBack(verify().damages())).isZero();
  }

  /** As an application does that is at work, or about to be, while somebody repairs. */
  @Test
  void aRefreshAtTheSameTimeLosesNoCommit() throws Exception {
    publishSomeHoursAndCommit();
    long events = total("hour");
    database
        .sql(
            "UPDATE %1$s SET event_count = 0 WHERE ctid = (SELECT max(ctid) FROM %1$s WHERE _part = 1)"
                .formatted(tables.hour()))
        .update();
    List<RollUpDamage> found = verify().damages();
    assertThat(found).isNotEmpty();
    Cube cube = pipeline.cubes().get(ServedLog.CUBE);
    CompletableFuture<Integer> repair;
    try (Connection refreshing = log.database().dataSource().getConnection();
        Statement statement = refreshing.createStatement()) {
      refreshing.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      refreshing.setAutoCommit(false);
      statement.execute(new RollUpScripts(cube, log.tables()).lockTables);
      statement.execute("SELECT FROM weir.roll_up");

      repair = CompletableFuture.supplyAsync(() -> takeBack(found));
      await().atMost(Duration.ofMinutes(1)).until(() -> repair.isDone() || waiting() > 0);
      new CubeRollUps(pipeline, cube).refresh(refreshing, SOON_AFTER);
      refreshing.commit();
    }
    assertThat(repair.join()).isEqualTo(found.size());
    assertThat(total("hour")).isEqualTo(events);

    refresh(SOON_AFTER);
    assertThat(total("hour")).isEqualTo(events);
    assertThat(verify().damages()).isEmpty();
  }

  @Test
  void whatTheDatabaseAddedUpIsRightAndWhatIsTooMuchIsLeftOut() throws SQLException {
    publishSomeHoursAndCommit();
    RollUpReport all = verify();
    verification().takeBack(everything());
    try (Connection connection = log.database().dataSource().getConnection()) {
      connection.setAutoCommit(false);
      CubeRollUps inDatabase = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE), 0);
      for (boolean more = true; more; ) {
        more = inDatabase.refresh(connection, SOON_AFTER);
        connection.commit();
      }
    }
    assertThat(verify()).isEqualTo(all);

    RollUpReport few = new VerifyRollUps(log.database().dataSource(), pipeline, 0).verify(FROM, TO);
    assertThat(few.damages()).isEmpty();
    assertThat(few.leftOut()).isPositive();
  }

  /** As if each of them were wrong. */
  private List<RollUpDamage> everything() {
    String cube = pipeline.cubes().get(ServedLog.CUBE).name();
    return database
        .sql("SELECT DISTINCT event_hour FROM " + tables.hour())
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list()
        .stream()
        .map(hour -> new RollUpDamage(cube, tables.hour(), false, hour, "", true))
        .toList();
  }

  private int takeBack(List<RollUpDamage> damages) {
    try {
      return verification().takeBack(damages);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long waiting() {
    return database
        .sql(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        .query(Long.class)
        .single();
  }

  /** Whatever was done last: roll-ups that are fresh, behind, or not in use any more are right. */
  @Test
  void findsNothingInAnyStateThatTheLayersMake() throws SQLException {
    Random random = new Random(11);
    RandomEvents events =
        new RandomEvents(pipeline, 5, FIRST)
            .lateShare(0.4)
            .duplicateShare(0)
            .keys(3)
            .stepMillis(100_000);
    List<Event> all = new ArrayList<>();
    int version = 0;
    for (int commit = 1; commit <= 10; commit++) {
      List<Event> some = events.list(40);
      log.commit(commit, commit, some);
      all.addAll(some);
      if (random.nextInt(3) == 0) {
        version++;
        log.write(version, commit, all);
        log.publish(version, commit, all);
      }
      assertThat(verify().damages()).as("before the refresh after commit %s", commit).isEmpty();
      if (random.nextBoolean()) {
        refresh(random.nextBoolean() ? SOON_AFTER : LONG_AFTER);
        assertThat(verify().damages()).as("after commit %s", commit).isEmpty();
      }
    }
    assertThat(version).isPositive();
    assertThat(total("hour")).isEqualTo(all.size());

    refresh(SOON_AFTER);
    log.commit(11, 11, events.list(40));
    refresh(SOON_AFTER);
    log.rewind(10);
    assertThat(verify().damages()).as("rewound").isEmpty();
    refresh(SOON_AFTER);
    assertThat(verify().damages()).as("after a rewind").isEmpty();
    assertThat(total("hour")).isEqualTo(all.size());
  }

  /**
   * Some hours, and commits after the publication: into one of them, and into others of the next
   * day.
   */
  private void publishSomeHoursAndCommit() {
    List<Event> published =
        new RandomEvents(pipeline, 3, FIRST)
            .lateShare(0)
            .duplicateShare(0)
            .stepMillis(240_000)
            .list(80);
    log.commit(1, 1, published);
    log.write(1, 1, published);
    log.publish(1, 1, published);
    log.commit(
        2,
        2,
        new RandomEvents(pipeline, 4, FIRST.plusSeconds(18_000))
            .lateShare(0)
            .duplicateShare(0)
            .stepMillis(60_000)
            .list(90));
    refresh(SOON_AFTER);
  }

  private void refresh(Instant now) {
    new RollUps(log.database().dataSource(), pipeline, Clock.fixed(now, UTC)).refresh();
  }

  private VerifyRollUps verification() {
    return new VerifyRollUps(log.database().dataSource(), pipeline);
  }

  private RollUpReport verify() throws SQLException {
    return verification().verify(FROM, TO);
  }

  private long rows(String table) {
    return database.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private long rowsOf(String hour) {
    return database
        .sql("SELECT count(*) FROM " + tables.hour() + " WHERE event_hour = '" + hour + "'")
        .query(Long.class)
        .single();
  }

  private long total(String grain) {
    return database
        .sql("SELECT sum(event_count) FROM rollup.traffic_total_" + grain)
        .query(Long.class)
        .single();
  }
}
