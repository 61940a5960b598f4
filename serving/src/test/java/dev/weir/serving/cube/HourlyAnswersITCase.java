package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.cache.AnswerStore;
import dev.weir.serving.cache.HeapStore;
import dev.weir.serving.rollup.RollUps;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.view.ServedLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;

/** Answers of kept hours are, byte by byte, those that are read at once, whatever happens. */
class HourlyAnswersITCase {
  private static final int QUESTIONS = 8;
  private static final Instant FIRST = Instant.parse("2026-03-26T18:00:00Z");
  private static final Duration SPAN = Duration.ofHours(14);

  private final Pipeline pipeline = SamplePipeline.web();
  private final SplittableRandom random = new SplittableRandom(17);
  private final KeptAnswers store = new KeptAnswers();
  private ServedLog log;
  private TransactionTemplate snapshot;
  private CubeCatalog catalog;
  private CubeReader reader;
  private CubeJson json;
  private HourlyAnswers hourly;
  private String eventType = "nothing";

  /** Counts what is kept and found. */
  private static final class KeptAnswers implements AnswerStore {
    private final HeapStore kept = new HeapStore(1 << 26);
    private int found;
    private int put;

    @Override
    public Optional<byte[]> get(String key) {
      return kept.get(key);
    }

    @Override
    public Map<String, byte[]> get(List<String> keys) {
      Map<String, byte[]> answers = kept.get(keys);
      found += answers.size();
      return answers;
    }

    @Override
    public void put(String key, byte[] answer) {
      put++;
      kept.put(key, answer);
    }

    @Override
    public void clear() {
      kept.clear();
    }

    @Override
    public void close() {
      kept.close();
    }
  }

  @BeforeEach
  void create() {
    log = new ServedLog(pipeline);
    var database = log.database().dataSource();
    JdbcClient client = JdbcClient.create(database);
    snapshot = new TransactionTemplate(new DataSourceTransactionManager(database));
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    catalog = new CubeCatalog(pipeline, client);
    ExactnessReader exactness = new ExactnessReader(client);
    reader = new CubeReader(client, snapshot, exactness);
    json = new CubeJson(JsonMapper.builder().build());
    hourly = new HourlyAnswers(client, reader, exactness, json, store);
  }

  @AfterEach
  void drop() {
    log.close();
  }

  @Test
  void areTheAnswersThatAreReadAtOnce() {
    List<Event> first = events(1, FIRST, 400);
    List<Event> second = events(2, FIRST.plus(Duration.ofHours(5)), 400);
    List<Event> published = Stream.concat(first.stream(), second.stream()).toList();
    List<Event> third = events(3, FIRST.plus(Duration.ofHours(9)), 60);
    List<Event> again = Stream.concat(published.stream(), third.stream()).toList();
    List<Event> scattered =
        IntStream.range(0, (int) SPAN.toHours() / 2)
            .mapToObj(i -> FIRST.plus(Duration.ofHours(2L * i)))
            .flatMap(hour -> new RandomEvents(pipeline, 9, hour).lateShare(0).list(2).stream())
            .toList();
    int place = pipeline.cubes().get(ServedLog.CUBE).dimensionNames().indexOf("event_type");
    eventType =
        log.minutes(first).keySet().stream()
            .map(key -> key.dimension(place))
            .filter(value -> value != null && !value.isBlank())
            .findFirst()
            .orElseThrow();
    List<CubeQuery> questions = Stream.generate(this::question).limit(QUESTIONS).toList();
    UUID writer = new UUID(1, 1);
    log.register(writer);
    Clock clock = Clock.fixed(FIRST.plus(Duration.ofDays(1)), ZoneOffset.UTC);
    RollUps rollUps = new RollUps(log.database().dataSource(), pipeline, clock);
    List<Runnable> changes =
        List.of(
            () -> log.commit(1, 1, first),
            () -> log.commit(2, 2, second),
            () -> log.write(1, 2, published),
            () -> log.publish(1, 2, published),
            rollUps::refresh,
            () -> log.live(writer, 2, third),
            () -> log.commit(3, 3, third),
            () -> log.live(writer, 3, events(4, FIRST.plus(Duration.ofHours(2)), 5)),
            () -> log.commit(4, 4, events(4, FIRST.plus(Duration.ofHours(2)), 5)),
            rollUps::refresh,
            () -> log.rewind(3),
            () -> log.commit(5, 5, events(5, FIRST.plus(Duration.ofHours(2)), 4)),
            () -> log.live(writer, 5, scattered),
            () -> log.commit(6, 6, scattered),
            () -> log.write(2, 3, again),
            () -> log.publish(2, 3, again),
            () ->
                log.database()
                    .execute(
                        "DELETE FROM %s WHERE commit <= 3; DELETE FROM weir.row_digest WHERE layer = 'speed' AND tag <= 3"
                            .formatted(log.tables().speedTable())),
            () -> log.commit(7, 7, events(6, FIRST.plus(Duration.ofHours(4)), 50)),
            () -> log.database().execute("UPDATE weir.coverage SET version = 1 WHERE version = 2"),
            () -> log.database().execute("DELETE FROM weir.coverage"));
    assertSame("nothing", questions);
    for (int i = 0; i < changes.size(); i++) {
      changes.get(i).run();
      assertSame("after change " + i, questions);
    }
    assertThat(store.found).isGreaterThan(store.put);
  }

  @Test
  void aPageTellsHowFinalItsWholeRangeIs() {
    List<Event> early = events(1, FIRST, 60);
    log.commit(1, 1, early);
    log.write(1, 1, early);
    log.publish(1, 1, early);
    Instant last = FIRST.plus(SPAN).minus(Duration.ofMinutes(30));
    List<Event> late = new RandomEvents(pipeline, 2, last).lateShare(0).list(3);
    List<CubeQuery> pages =
        List.of(
            page("bucket"), page("-bucket"), page("bucket", "exclude.event_type", "none of them"));

    assertStatus("reconciled", pages);
    log.register(new UUID(1, 1));
    log.live(new UUID(1, 1), 1, late);
    assertStatus("live", pages);
    log.commit(2, 2, late);
    assertStatus("committed", pages);
  }

  private CubeQuery page(String order, String... more) {
    List<String> parameters = new ArrayList<>(List.of(more));
    parameters.addAll(List.of("limit", "1", "order", order));
    return whole(parameters.toArray(String[]::new));
  }

  /** All of the time that events are of. */
  private CubeQuery whole(String... more) {
    List<String> parameters = new ArrayList<>(List.of(more));
    parameters.addAll(List.of("from", FIRST.toString(), "to", FIRST.plus(SPAN).toString()));
    return question(parameters.toArray(String[]::new));
  }

  private void assertStatus(String status, List<CubeQuery> pages) {
    assertSame(status, pages);
    for (CubeQuery page : pages) {
      String head = answer(page).orElseThrow().split("\"rows\"", 2)[0];
      assertThat(head).contains("\"status\":\"" + status + "\"");
    }
  }

  @Test
  void onlyHoursWithSomethingNewAreReadAgain() {
    List<Event> events = events(1, FIRST, 400);
    log.commit(1, 1, events);
    CubeQuery question = whole();
    int hours =
        (int)
            events.stream()
                .map(event -> Instant.ofEpochMilli(event.hourMillis()))
                .filter(hour -> !hour.isBefore(FIRST) && hour.isBefore(FIRST.plus(SPAN)))
                .distinct()
                .count();
    answer(question);
    assertThat(store.put).isEqualTo(hours);
    answer(question);
    assertThat(store.found).isEqualTo(hours);

    Instant late = FIRST.plus(Duration.ofHours(2));
    log.commit(2, 2, new RandomEvents(pipeline, 2, late).lateShare(0).list(1));
    answer(question);
    assertThat(store.put).isEqualTo(hours + 1);
    // What no layer does: rows change without a commit. So it is seen which ones were kept.
    log.database().execute("UPDATE " + log.tables().speedTable() + " SET event_count = 77");
    assertThat(answer(question).orElseThrow()).doesNotContain("\"event_count\":77");

    log.database().execute("UPDATE weir.coverage_state SET changes = changes + 1");
    assertThat(answer(question).orElseThrow()).contains("\"event_count\":77");
  }

  @Test
  void ofHoursWithTooManyRowsThereIsNone() {
    log.commit(1, 1, events(1, FIRST, 40));
    CubeQuery question = whole("dimensions", "event_type");
    assertThat(answer(question)).isPresent();

    log.database().execute("UPDATE weir.row_digest SET row_count = 1000");
    assertThat(answer(question)).isEmpty();
  }

  @Test
  void ofMoreRowsThanWereExpectedThereIsNone() {
    log.commit(1, 1, events(1, FIRST, 1));
    log.database()
        .execute(
            "INSERT INTO %1$s (commit, event_hour, bucket, event_type, event_count, value_count, value_sum) SELECT 1, event_hour, bucket, 'type ' || n, 1, 0, 0 FROM (SELECT event_hour, bucket FROM %1$s LIMIT 1) AS one, generate_series(1, 50000) AS n"
                .formatted(log.tables().speedTable()));
    CubeQuery question = whole("dimensions", "event_type");

    assertThat(answer(question)).isEmpty();
  }

  @Test
  void ofAnotherDefinitionThereIsNone() {
    log.commit(1, 1, events(1, FIRST, 40));
    CubeQuery question = question();
    CubeShape shown = question.shape();
    CubeShape before =
        new CubeShape(shown.cube(), "0".repeat(16), shown.dimensions(), shown.columns());
    ServedState state = catalog.state(shown.cube());

    assertThat(
            hourly.answer(
                question, new ServedState(before, state.text(), state.coverage(), state.live())))
        .isEmpty();
  }

  private void assertSame(String when, List<CubeQuery> questions) {
    for (CubeQuery question : questions) {
      String expected = json.text(question, reader.read(question));
      for (String how : List.of("first", "again")) {
        assertThat(answer(question).orElseThrow())
            .as("%s, %s: %s", when, how, question)
            .isEqualTo(expected);
      }
    }
  }

  private Optional<String> answer(CubeQuery question) {
    assertThat(HourlyAnswers.answers(question)).isTrue();
    return snapshot
        .execute(transaction -> hourly.answer(question, catalog.state(question.shape().cube())))
        .map(HourlyAnswersITCase::unpacked);
  }

  private static String unpacked(byte[] gzip) {
    try {
      byte[] text = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Event> events(long seed, Instant start, int number) {
    return new RandomEvents(pipeline, seed, start)
        .lateShare(0.2)
        .duplicateShare(0)
        .keys(3)
        .stepMillis(60_000)
        .list(number);
  }

  /** A page of a random range, mostly with rows on it. */
  private CubeQuery question() {
    List<String> parameters = new ArrayList<>();
    Instant from = FIRST.plus(Duration.ofMinutes(random.nextInt(-90, (int) SPAN.toMinutes())));
    parameters.addAll(List.of("from", from.toString(), "to"));
    parameters.add(
        from.plus(Duration.ofMinutes(1 + random.nextInt((int) SPAN.toMinutes()))).toString());
    int most = random.nextBoolean() ? 5 : 300;
    parameters.addAll(List.of("limit", String.valueOf(1 + random.nextInt(most))));
    parameters.addAll(List.of("offset", String.valueOf(Math.max(0, random.nextInt(-100, 200)))));
    parameters.addAll(List.of("totals", String.valueOf(random.nextBoolean())));
    some(parameters, "dimensions", "event_type", "event_type,user_segment", "http_status");
    some(parameters, "measures", "event_count,value_p95", "value_sum,value_min,user_id_distinct");
    some(parameters, "order", "bucket", "-bucket", "-bucket,-event_count", "bucket,event_count");
    some(parameters, random.nextBoolean() ? "exclude.event_type" : "filter.event_type", eventType);
    return question(parameters.toArray(String[]::new));
  }

  private void some(List<String> parameters, String name, String... values) {
    int chosen = random.nextInt(values.length + 1);
    if (chosen < values.length) {
      parameters.addAll(List.of(name, values[chosen]));
    }
  }

  private CubeQuery question(String... namesAndValues) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    parameters.add("granularity", "minute");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    Clock clock = Clock.fixed(FIRST.plus(SPAN), ZoneOffset.UTC);
    return new CubeQueryParser(clock, catalog, new AnswerFormats(List.of()))
        .parsePage(catalog.shown("traffic"), parameters);
  }
}
