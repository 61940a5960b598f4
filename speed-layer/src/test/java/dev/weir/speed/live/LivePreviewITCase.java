package dev.weir.speed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeTables;
import dev.weir.db.RandomRows;
import dev.weir.db.SamplePipeline;
import dev.weir.db.TestDatabase;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.CommitLogFixture;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivePreviewITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final String LIVE = CubeTables.of(PIPELINE, PIPELINE.cubes().get(0)).liveTable();
  private static final UUID WRITER = new UUID(1, 1);

  private TestDatabase database;
  private LivePreview preview;

  @BeforeEach
  void openPreview() {
    database = TestDatabase.create(PIPELINE);
    preview =
        LivePreview.open(
            WRITER, CommitLogFixture.address(database), PIPELINE, new UnregisteredMetricsGroup());
  }

  @AfterEach
  void closePreview() {
    preview.close();
    database.close();
  }

  private void register() {
    database.execute(
        "INSERT INTO weir.live_writer (writer, attempt) SELECT '"
            + WRITER
            + "', attempt FROM weir.head");
  }

  /** What each series has counted after that many events. */
  private static List<SeriesDelta> cumulative(int events) {
    List<SeriesDelta> deltas = new ArrayList<>();
    for (int cube = 0; cube < PIPELINE.cubes().size(); cube++) {
      Map<AggregateKey, MinuteAggregate> rows =
          RandomRows.of(PIPELINE, cube, new RandomEvents(PIPELINE, 5), events);
      for (Map.Entry<AggregateKey, MinuteAggregate> row : rows.entrySet()) {
        deltas.add(new SeriesDelta(cube, row.getKey(), row.getValue()));
      }
    }
    return deltas;
  }

  private long shown(long base) {
    return database.queryLong(
        "SELECT coalesce(sum(event_count), 0) FROM " + LIVE + " WHERE base = " + base);
  }

  private void awaitShown(long base, long events) {
    await().atMost(PATIENCE).until(() -> shown(base) == events);
  }

  @Test
  void writesNothingBeforeItIsRegistered() {
    preview.offer(0, 1, cumulative(100));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                database.queryLong(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'weir live "
                            + "preview' AND query ILIKE 'commit' AND datname = current_database()")
                    == 1);
    assertThat(shown(0)).isZero();
    register();
    awaitShown(0, 100);
  }

  @Test
  void rowsAreCumulativeAndRepeatsChangeNothing() {
    register();
    preview.offer(0, 1, cumulative(100));
    awaitShown(0, 100);
    preview.offer(0, 2, cumulative(200));
    preview.offer(0, 3, cumulative(200));
    awaitShown(0, 200);
    preview.offer(3, 4, cumulative(50));
    awaitShown(3, 50);
    assertThat(shown(0)).isEqualTo(200);
    for (int cube = 0; cube < 2; cube++) {
      String table = CubeTables.of(PIPELINE, PIPELINE.cubes().get(cube)).liveTable();
      long rows = RandomRows.of(PIPELINE, cube, new RandomEvents(PIPELINE, 5), 200).size();
      assertThat(database.queryLong("SELECT count(*) FROM " + table + " WHERE base = 0"))
          .isEqualTo(rows);
    }
  }

  /** Columns of the rows that were noted, as text. */
  private String noted(String columns) {
    return database.query(
        "SELECT string_agg(l::text, ',' ORDER BY l.series) FROM (SELECT series, %s FROM %s"
                .formatted(columns, LIVE)
            + " JOIN noted USING (series)) AS l");
  }

  @Test
  void countsLeaveTheSketchesAsTheyAre() {
    register();
    preview.offer(0, 1, cumulative(100));
    awaitShown(0, 100);
    database.execute("CREATE TABLE noted AS SELECT series FROM " + LIVE);
    String sketches = noted("value_sketch, user_id_hll");
    preview.offerCounts(0, 3, cumulative(200));
    await().atMost(PATIENCE).until(() -> database.queryLong("SELECT min(seq) FROM " + LIVE) == 3);
    String numbers = "event_count, value_count, value_sum, value_min, value_max";
    String counted = noted(numbers);
    assertThat(noted("value_sketch, user_id_hll")).isEqualTo(sketches);
    // Of a series that came later there is no row to change.
    assertThat(database.queryLong("SELECT count(*) FROM " + LIVE))
        .isEqualTo(database.queryLong("SELECT count(*) FROM noted"));
    preview.offerCounts(0, 2, cumulative(100));
    preview.offer(0, 4, cumulative(200));
    awaitShown(0, 200);
    assertThat(noted(numbers)).isEqualTo(counted);
    assertThat(noted("value_sketch, user_id_hll")).isNotEqualTo(sketches);
  }

  @Test
  void aFlushThatComesLateDoesNotReplaceALaterOne() {
    register();
    database.execute(
        "CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.seq := 50; "
            + "RETURN new; END'");
    database.execute(
        "CREATE TRIGGER later BEFORE INSERT ON " + LIVE + " FOR EACH ROW EXECUTE FUNCTION later()");
    preview.offer(0, 1, cumulative(100));
    awaitShown(0, 100);
    database.execute("DROP TRIGGER later ON " + LIVE);
    preview.offer(0, 49, cumulative(200));
    preview.offer(7, 50, cumulative(10));
    awaitShown(7, 10);
    // Series of the later events are new; the others keep the row with the greater seq.
    assertThat(
            database.queryLong(
                "SELECT sum(event_count) FROM " + LIVE + " WHERE base = 0 AND seq = 50"))
        .isEqualTo(100);
  }

  @Test
  void afterAReconnectEverythingUncommittedIsWrittenAgain() {
    register();
    preview.offer(0, 1, cumulative(100));
    preview.offer(4, 2, cumulative(60));
    awaitShown(0, 100);
    awaitShown(4, 60);
    // As after a crash of the server, which may lose what was written without waiting for its disk.
    database.execute("DELETE FROM " + LIVE);
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
            + "'weir live preview' AND datname = current_database()");
    awaitShown(0, 100);
    awaitShown(4, 60);
  }

  @Test
  void rowsOfCommittedEpochsAreDeletedAndNotWrittenAgain() {
    register();
    preview.offer(0, 1, cumulative(100));
    preview.offer(4, 2, cumulative(60));
    awaitShown(0, 100);
    awaitShown(4, 60);
    database.execute("UPDATE weir.head SET live_base = 4");
    awaitShown(0, 0);
    preview.offer(0, 3, cumulative(100));
    preview.offer(4, 4, cumulative(70));
    awaitShown(4, 70);
    assertThat(shown(0)).isZero();
  }

  @Test
  void aDatabaseThatIsAwayFailsNothing() {
    register();
    database.execute("ALTER TABLE " + LIVE + " RENAME TO away");
    preview.offer(0, 1, cumulative(100));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                database.queryLong(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'weir live "
                            + "preview' AND datname = current_database()")
                    == 0);
    preview.offer(0, 2, cumulative(200));
    database.execute("ALTER TABLE live.away RENAME TO " + LIVE.substring("live.".length()));
    awaitShown(0, 200);
  }
}
