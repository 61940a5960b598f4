package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.view.ServedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Which percentiles and distinct counts are read, and which are computed from sketches. */
class ShownNumbersITCase {
  private static final Instant DAY = Instant.parse("2026-03-28T00:00:00Z");
  private static final String ALTER =
      "UPDATE %s SET value_p95 = 7, value_p99 = 7, user_id_distinct = 7";

  private final Pipeline pipeline = SamplePipeline.web();
  private final List<Event> events =
      new RandomEvents(pipeline, 3, DAY).lateShare(0).duplicateShare(0).list(300);
  private ServedLog log;
  private CubeCatalog catalog;
  private CubeReader reader;

  @BeforeEach
  void create() {
    log = new ServedLog(pipeline);
    log.commit(1, 1, events);
    var database = log.database().dataSource();
    catalog = new CubeCatalog(pipeline, JdbcClient.create(database));
    reader = TestReader.of(database);
  }

  @AfterEach
  void drop() {
    log.close();
  }

  /** So it is quick to read whole hours; that they are right is what digests are for. */
  @Test
  void allRowsShowWhatPublishedOnesHave() {
    publish(2);
    log.database().execute(ALTER.formatted(log.tables().batchMinuteTable()));

    assertThat(reader.read(question("minute").allRows()).rows())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            row -> assertThat(row.measures().values().toString()).isEqualTo("[0.0007, 0.0007, 7]"));
  }

  @Test
  void aPageComputesWhatItShowsWhereRowsHaveNone() {
    publish(1);
    assertComputed();
  }

  @Test
  void aPageComputesWhatItShowsOfCommittedRows() {
    assertComputed();
  }

  /** A view would compute them of all rows of the range. */
  private void assertComputed() {
    log.database()
        .execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET track_functions = ''pl''',"
                + " current_database()); END $$");
    assertThat(reader.read(question("hour").page(10, 0)).rows()).hasSize(10);
    // A session tells what it called when it ends, which the reader does not wait for.
    long calls = await().atMost(Duration.ofSeconds(20)).until(this::calls, told -> told > 0);
    // Two percentiles of each row, and one row more than the page has.
    assertThat(calls).isLessThanOrEqualTo(22);
    assertThat(log.database().queryLong("SELECT count(*) FROM serving.traffic_hour"))
        .isGreaterThan(22);
  }

  private long calls() {
    return log.database()
        .queryLong(
            "SELECT coalesce(sum(calls), 0) FROM pg_stat_user_functions"
                + " WHERE funcname = 'percentile_of'");
  }

  private void publish(long version) {
    log.write(version, 1, events);
    log.publish(version, 1, events);
  }

  private CubeQuery question(String granularity) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    parameters.set("from", DAY.toString());
    parameters.set("to", "2026-03-30T00:00:00Z");
    parameters.set("granularity", granularity);
    parameters.set("dimensions", "source,event_type,user_segment,http_status");
    parameters.set("measures", "value_p95,value_p99,user_id_distinct");
    return new CubeQueryParser(
            Clock.fixed(DAY, ZoneOffset.UTC), catalog, new AnswerFormats(List.of()))
        .parse(catalog.shown("traffic"), parameters);
  }
}
