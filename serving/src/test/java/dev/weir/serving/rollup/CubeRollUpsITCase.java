package dev.weir.serving.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.view.ServedLog;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Roll-ups of a long history that come to an end half-way. */
class CubeRollUpsITCase {
  private static final Instant LONG_AFTER = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void anHourThatIsTakenBackBeforeItWasRolledUpIsServedFromItsCommits() {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events = new RandomEvents(pipeline, 3).lateShare(0.9).list(400);
    try (ServedLog log = new ServedLog(pipeline)) {
      JdbcClient database = JdbcClient.create(log.database().dataSource());
      log.commit(1, 1, events);
      log.write(1, 1, events);
      log.publish(1, 1, events);

      CubeRollUps rollUps = new CubeRollUps(pipeline, pipeline.cubes().get(ServedLog.CUBE));
      boolean more = rollUps.refresh(database, LONG_AFTER);
      int takenBack =
          database
              .sql(
                  "DELETE FROM weir.coverage WHERE event_hour NOT IN (SELECT event_hour FROM weir.roll_up)")
              .update();

      assertThat(more).isTrue();
      assertThat(takenBack).isPositive();
      assertThat(served(database)).isEqualTo(events.size());

      while (more) {
        more = rollUps.refresh(database, LONG_AFTER);
      }
      assertThat(served(database)).isEqualTo(events.size());
    }
  }

  private static long served(JdbcClient database) {
    return database
        .sql("SELECT sum(event_count) FROM serving.traffic_minute")
        .query(Long.class)
        .single();
  }
}
