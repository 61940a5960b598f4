package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.CubeTable;
import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.view.ServedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Sums that end inside of an hour of which something comes later: only one layer knows it, and the
 * hour must not be read to its end.
 */
class EndingSumITCase {
  private static final Instant HOUR = Instant.parse("2026-03-28T10:00:00Z");
  private static final Duration HALF = Duration.ofMinutes(30);
  private static final UUID WRITER = new UUID(1, 1);

  private final Pipeline pipeline = SamplePipeline.web();
  private final List<Event> early = events(HOUR);
  private final List<Event> later = events(HOUR.plus(HALF));
  private final List<Event> all = Stream.concat(early.stream(), later.stream()).toList();
  private ServedLog log;
  private CubeCatalog catalog;
  private CubeReader reader;

  @BeforeEach
  void create() {
    log = new ServedLog(pipeline);
    var database = log.database().dataSource();
    catalog = new CubeCatalog(pipeline, JdbcClient.create(database));
    reader = TestReader.of(database);
  }

  @AfterEach
  void drop() {
    log.close();
  }

  @Test
  void whatIsCommitted() {
    log.commit(1, 1, all);

    assertThat(sum(question())).isEqualTo(early.size());
  }

  @Test
  void whatIsPublished() {
    log.commit(1, 1, all);
    log.write(1, 1, all);
    log.publish(1, 1, all);
    log.database().execute("DELETE FROM " + log.tables().speedTable());

    assertThat(sum(question())).isEqualTo(early.size());
  }

  @Test
  void whatIsLive() {
    log.commit(1, 1, early);
    log.register(WRITER);
    log.live(WRITER, 1, later);

    assertThat(sum(question())).isEqualTo(early.size());
  }

  /** The question is of a definition whose tables have nothing, the views show another by now. */
  @Test
  void whatAnotherDefinitionShows() {
    log.commit(1, 1, all);
    CubeShape shown = catalog.shown("traffic");
    String other = "0".repeat(shown.definitionHash().length());
    CubeShape before = new CubeShape("traffic", other, shown.dimensions(), shown.columns());
    for (CubeTable table : List.of(CubeTable.SPEED, CubeTable.LIVE)) {
      log.database()
          .execute("CREATE TABLE %s (LIKE %s)".formatted(before.table(table), shown.table(table)));
    }

    assertThat(sum(question(before))).isEqualTo(early.size());
  }

  /** At most as many minutes as there are events. */
  private List<Event> events(Instant start) {
    return new RandomEvents(pipeline, 3, start)
        .lateShare(0)
        .duplicateShare(0)
        .stepMillis(30_000)
        .list(20);
  }

  private CubeQuery question() {
    return question(catalog.shown("traffic"));
  }

  private CubeQuery question(CubeShape shape) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    parameters.add("granularity", "total");
    parameters.add("from", HOUR.toString());
    parameters.add("to", HOUR.plus(HALF).toString());
    parameters.add("measures", "event_count");
    Clock clock = Clock.fixed(HOUR.plus(HALF), ZoneOffset.UTC);
    return new CubeQueryParser(clock, catalog, new AnswerFormats(List.of()))
        .parse(shape, parameters);
  }

  private long sum(CubeQuery query) {
    return (long) reader.read(query).rows().get(0).measures().get("event_count");
  }
}
