package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.CubeTable;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.migrate.Migration;
import dev.weir.serving.migrate.ShopDeclaration;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.view.ServedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;

/** What a cube shows while its definition changes, and the live rows that belong to it. */
class CubeCatalogITCase {
  private static final String CHANGED = ShopDeclaration.by("event_type, country");
  private static final UUID WRITER = new UUID(1, 1);

  private final Pipeline before = PipelineReader.read(ShopDeclaration.by("event_type"));
  private final Pipeline changed = PipelineReader.read(CHANGED);
  private final ServedLog log = new ServedLog(before);
  private final List<Event> events = new RandomEvents(before, 3).list(1);
  private final Instant minute =
      Instant.ofEpochMilli(events.get(0).timeMicros() / 60_000_000 * 60_000);

  @AfterEach
  void drop() {
    log.close();
  }

  @Test
  void liveMinutesAreThoseOfTheDefinitionThatIsShown() {
    log.register(WRITER);
    log.live(WRITER, 0, events);
    CubeCatalog catalog = new CubeCatalog(changed, JdbcClient.create(log.database().dataSource()));

    declareWhatIsNotCovered();

    ServedState state = catalog.state("traffic");
    assertThat(state.shape().dimensions()).containsExactly("event_type");
    assertThat(state.live()).containsExactly(minute);
    assertThat(catalog.backfilling(state.shape())).isTrue();

    log.database().execute("DELETE FROM weir.archive_manifest");
    migration().switchViews();

    ServedState after = catalog.state("traffic");
    assertThat(after.shape().dimensions()).containsExactly("event_type", "country");
    assertThat(after.live()).isEmpty();
    assertThat(after.text()).isNotEqualTo(state.text());
  }

  @Test
  void tablesOfADefinitionThatIsNotShownAnyMoreMayGo() {
    CubeCatalog catalog = new CubeCatalog(changed, JdbcClient.create(log.database().dataSource()));
    declareWhatIsNotCovered();
    CubeShape shown = catalog.shown("traffic");
    log.database().execute("DELETE FROM weir.archive_manifest");
    migration().switchViews();

    log.database().execute("DROP TABLE " + shown.table(CubeTable.LIVE) + " CASCADE");

    assertThatThrownBy(() -> catalog.state("traffic")).isInstanceOf(BadSqlGrammarException.class);
    assertThat(catalog.shown("traffic")).isEqualTo(catalog.declared("traffic"));
  }

  @Test
  void anAnswerIsOfTheLastCommitThatTheShownDefinitionHas() {
    String declaration = ShopDeclaration.by("event_type").replace("[sum]", "[sum, avg, p50]");
    String other = declaration.replace("scale: 2", "scale: 4");
    try (ServedLog shop = new ServedLog(PipelineReader.read(declaration))) {
      shop.commit(1, 0, events);
      AnswerHead before = answer(shop, declaration).head();
      declareWhatIsNotCovered(shop, other);
      String state = catalog(shop, other).state("traffic").text();
      // As the commit log notes it of a commit that brings rows of the new definition only.
      shop.database()
          .execute(
              "UPDATE weir.cube SET since_commit = 2 WHERE NOT current;"
                  + " INSERT INTO weir.journal VALUES (2, '{}');"
                  + " INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint, min_event_time, max_event_time)"
                  + " VALUES (2, gen_random_uuid(), gen_random_uuid(), 1, 'job', 2, '2199-01-01Z', '2199-01-01Z');"
                  + " UPDATE weir.head SET commit = 2, last_commit = 2");

      AnswerHead during = answer(shop, other).head();
      assertThat(during.commit()).isEqualTo(before.commit()).isEqualTo(1);
      assertThat(during.watermark()).isEqualTo(before.watermark());

      String lacking = catalog(shop, other).state("traffic").text();
      assertThat(lacking).isNotEqualTo(state);
      shop.database().execute("UPDATE weir.cube SET complete_through = NULL WHERE NOT current");
      assertThat(answer(shop, other).head().commit()).isEqualTo(2);
      assertThat(catalog(shop, other).state("traffic").text())
          .as("what is kept is not found again")
          .isNotEqualTo(lacking);
    }
  }

  /** Another number of decimals: sums are numbers in the view, sketches count in units. */
  @Test
  void numbersAreReadAsTheDefinitionThatIsShownHasThem() {
    String measures = ShopDeclaration.by("event_type").replace("[sum]", "[sum, avg, p50]");
    for (String scale : List.of("scale: 0", "scale: 4")) {
      String other = measures.replace("scale: 2", scale);
      try (ServedLog shop = new ServedLog(PipelineReader.read(measures))) {
        shop.commit(1, 0, events);
        CubeAnswer before = answer(shop, measures);

        declareWhatIsNotCovered(shop, other);

        assertThat(catalog(shop, other).backfilling(catalog(shop, other).shown("traffic")))
            .isTrue();
        assertThat(answer(shop, other).rows()).as(scale).isNotEmpty().isEqualTo(before.rows());
        shop.database().execute("DELETE FROM weir.archive_manifest");
        migration(shop, other).switchViews();
        assertThat(catalog(shop, other).shown("traffic"))
            .isEqualTo(catalog(shop, other).declared("traffic"));
      }
    }
  }

  private static CubeCatalog catalog(ServedLog shop, String declaration) {
    return new CubeCatalog(
        PipelineReader.read(declaration), JdbcClient.create(shop.database().dataSource()));
  }

  private CubeAnswer answer(ServedLog shop, String declaration) {
    CubeCatalog catalog = catalog(shop, declaration);
    LinkedMultiValueMap<String, String> question = new LinkedMultiValueMap<>();
    question.add("from", minute.toString());
    question.add("to", minute.plus(Duration.ofHours(1)).toString());
    question.add("measures", "event_count,value_sum,value_avg,value_p50,value_p99");
    CubeQuery query =
        new CubeQueryParser(
                Clock.fixed(minute, ZoneOffset.UTC), catalog, new AnswerFormats(List.of()))
            .parse(catalog.shown("traffic"), question);
    return TestReader.of(shop.database().dataSource()).read(query);
  }

  private void declareWhatIsNotCovered() {
    declareWhatIsNotCovered(log, CHANGED);
  }

  private static void declareWhatIsNotCovered(ServedLog log, String declaration) {
    log.database()
        .execute(
            "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit) VALUES ('a', 'arrivals', 1, 1, 1);"
                + " INSERT INTO weir.archive_manifest SELECT file_id, '2026-03-01T10:00Z', 1, 1 FROM weir.archive_file;"
                + " UPDATE weir.head SET commit = 1, last_commit = 1");
    migration(log, declaration).run();
  }

  private Migration migration() {
    return migration(log, CHANGED);
  }

  private static Migration migration(ServedLog log, String declaration) {
    return new Migration(
        log.database().dataSource(), PipelineReader.read(declaration), declaration);
  }
}
