package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.NaiveAnswers.Counted;
import dev.weir.serving.cube.NaiveAnswers.Expected;
import dev.weir.serving.cube.NaiveAnswers.RowKey;
import dev.weir.serving.rollup.RollUps;
import dev.weir.serving.view.ServedLog;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Random questions, and what an oracle answers that looks at every event. */
class QuestionsITCase {
  private static final int QUESTIONS = 90;
  private static final int SUMS = 40;
  private static final Instant FIRST = Instant.parse("2026-03-26T20:00:00Z");

  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final List<Event> COMMITTED = new ArrayList<>();
  private static final List<Event> LATE = new ArrayList<>();
  private static final List<Event> ALL = new ArrayList<>();
  private static ServedLog log;
  private static CubeCatalog catalog;
  private static CubeQueryParser parser;
  private static CubeReader reader;
  private static NaiveAnswers oracle;

  @BeforeAll
  static void serve() {
    log = new ServedLog(PIPELINE);
    // Berlin's clocks go forward within these days.
    RandomEvents random =
        new RandomEvents(PIPELINE, 11, Instant.parse("2026-03-28T03:00:00Z"))
            .lateShare(0.3)
            .duplicateShare(0)
            .keys(3)
            .stepMillis(240_000);
    for (int commit = 1; commit <= 2; commit++) {
      List<Event> events = random.list(450);
      log.commit(commit, commit, events);
      COMMITTED.addAll(events);
    }
    log.write(2, 2, COMMITTED);
    log.publish(2, 2, COMMITTED);
    LATE.addAll(random.list(250));
    log.commit(3, 3, LATE);
    List<Event> live = random.list(150);
    UUID writer = new UUID(1, 1);
    log.register(writer);
    log.live(writer, 3, live);
    ALL.addAll(COMMITTED);
    ALL.addAll(LATE);
    ALL.addAll(live);
    // As in the pool that answers are read through.
    log.database()
        .execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = off', current_database()); END $$");
    oracle = new NaiveAnswers(ALL.stream().map(QuestionsITCase::counted).toList());

    var database = log.database().dataSource();
    JdbcClient client = JdbcClient.create(database);
    TransactionTemplate snapshot =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    catalog = new CubeCatalog(PIPELINE, client);
    Clock clock = Clock.fixed(Instant.parse("2026-03-31T11:17:00Z"), ZoneOffset.UTC);
    parser = new CubeQueryParser(clock, catalog, new AnswerFormats(List.of()));
    reader = new CubeReader(client, snapshot, new ExactnessReader(client));
  }

  @AfterAll
  static void drop() {
    log.close();
  }

  @Test
  void agreeWithWhatEveryEventSays() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    RandomQuestions questions =
        new RandomQuestions(
            random, FIRST, ALL.stream().map(event -> counted(event).dimensions()).toList());
    for (int i = 0; i < QUESTIONS; i++) {
      if (i == QUESTIONS / 2) {
        Clock clock = Clock.fixed(FIRST.plus(Duration.ofDays(4)), ZoneOffset.UTC);
        new RollUps(log.database().dataSource(), PIPELINE, clock).refresh();
      }
      MultiValueMap<String, String> parameters = questions.next();
      CubeQuery query =
          withTotals(parser.parse(catalog.shown("traffic"), parameters), random.nextBoolean());
      CubeAnswer answer = reader.read(query);
      assertRows(parameters.toString(), query, answer);
      assertHead(parameters.toString(), query, answer.head());
      if (query.totals()) {
        assertTotals(parameters.toString(), query, answer.totals());
      }
      switch (i % 4) {
        case 0 ->
            assertThat(streamed(query)).as("streamed %s", parameters).isEqualTo(answer.rows());
        case 1 -> assertPages(parameters.toString(), query, answer);
        default -> {}
      }
    }
  }

  /** A sum and the one before are read at once, and their rows tell the totals. */
  @Test
  void sumsAgreeWithTheirTotals() {
    SplittableRandom random = new SplittableRandom(6);
    RandomQuestions questions =
        new RandomQuestions(
            random, FIRST, ALL.stream().map(event -> counted(event).dimensions()).toList());
    for (int i = 0; i < SUMS; i++) {
      MultiValueMap<String, String> parameters = questions.next();
      List.of("top", "top_by", "other", "compare").forEach(parameters::remove);
      parameters.set("granularity", "total");
      if (random.nextInt(4) > 0) {
        parameters.set("compare", "previous");
      }
      if (random.nextInt(4) > 0) {
        parameters.put("measures", List.of("value_max", "event_count", "value_sum", "value_min"));
      }
      CubeQuery query = withTotals(parser.parse(catalog.shown("traffic"), parameters), true);
      CubeAnswer answer = reader.read(query);
      assertRows(parameters.toString(), query, answer);
      assertTotals(parameters.toString(), query, answer.totals());
      assertPages(parameters.toString(), query, answer);
    }
  }

  /** Where nothing comes after the range its last hour is read whole. */
  @Test
  void aSumEndsWhereItIsSaidTo() {
    Instant last =
        ALL.stream()
            .map(event -> Instant.ofEpochMilli(event.timeMicros() / 1000))
            .max(Instant::compareTo)
            .orElseThrow()
            .truncatedTo(ChronoUnit.MINUTES);
    for (int minutes : new int[] {0, 1}) {
      MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
      parameters.add("granularity", "total");
      parameters.add("from", FIRST.toString());
      parameters.add("to", last.plus(Duration.ofMinutes(minutes)).toString());
      parameters.add("dimensions", "event_type");
      parameters.add("measures", "event_count");
      CubeQuery query = parser.parse(catalog.shown("traffic"), parameters);
      CubeAnswer answer = reader.read(query);
      assertRows(parameters.toString(), query, answer);
      assertHead(parameters.toString(), query, answer.head());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_count", "value_sum", "value_avg", "value_p95", "user_id_distinct"})
  void comeInTheOrderOfAMeasure(String measure) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    parameters.add("granularity", "hour");
    parameters.add("from", FIRST.toString());
    parameters.add("to", FIRST.plus(Duration.ofDays(4)).toString());
    // Of two dimensions: what roll-ups have of one is a number already.
    parameters.add("exclude.event_type", "nothing");
    parameters.add("exclude.user_segment", "nothing");
    parameters.add("measures", measure);
    parameters.add("order", "-" + measure);
    CubeQuery query = parser.parse(catalog.shown("traffic"), parameters);
    List<BigDecimal> numbers = new ArrayList<>();
    for (Row row : reader.read(query).rows()) {
      Object number = row.measures().get(measure);
      numbers.add(number == null ? null : new BigDecimal(number.toString()));
    }
    assertThat(numbers)
        .hasSizeGreaterThan(50)
        .isSortedAccordingTo(Comparator.nullsLast(Comparator.reverseOrder()));
  }

  /** All rows and totals, which the API has page by page only. */
  private static CubeQuery withTotals(CubeQuery query, boolean totals) {
    return new CubeQuery(
        query.shape(),
        query.views(),
        query.granularity(),
        query.zone(),
        query.from(),
        query.to(),
        query.filters(),
        query.order(),
        query.top(),
        query.fill(),
        query.comparison(),
        totals,
        query.limit(),
        query.offset());
  }

  private static void assertRows(String question, CubeQuery query, CubeAnswer answer) {
    Set<List<String>> top = query.top() == null ? null : top(question, query, answer);
    Map<RowKey, Expected> shown = new HashMap<>();
    Instant bucket = null;
    for (Row row : answer.rows()) {
      RowKey key =
          new RowKey(row.bucket(), new ArrayList<>(row.dimensions().values()), row.other());
      assertThat(shown.put(key, new Expected(row.measures(), row.compared())))
          .as("twice in %s: %s", question, key)
          .isNull();
      assertThat(bucket == null || !bucket.isAfter(row.bucket())).as(question).isTrue();
      bucket = row.bucket();
    }
    Map<RowKey, Expected> expected = oracle.rows(query, top);
    assertThat(shown.keySet()).as(question).isEqualTo(expected.keySet());
    expected.forEach(
        (key, row) -> assertThat(shown.get(key)).as("%s: %s", question, key).isEqualTo(row));
  }

  /** The combinations that are shown, after it is clear that none of the others is larger. */
  private static Set<List<String>> top(String question, CubeQuery query, CubeAnswer answer) {
    Map<List<String>, BigDecimal> ranks = oracle.ranks(query);
    Set<List<String>> top = new HashSet<>();
    for (Row row : answer.rows()) {
      if (!row.other()) {
        top.add(new ArrayList<>(row.dimensions().values()));
      }
    }
    assertThat(top).as(question).hasSize(Math.min(query.top().number(), ranks.size()));
    BigDecimal lowest = BigDecimal.valueOf(Long.MIN_VALUE);
    BigDecimal smallest =
        top.stream()
            .map(key -> ranks.get(key) == null ? lowest : ranks.get(key))
            .reduce(BigDecimal::min)
            .orElse(lowest);
    ranks.forEach(
        (key, rank) -> {
          if (!top.contains(key)) {
            assertThat(rank == null ? lowest : rank).as(question).isLessThanOrEqualTo(smallest);
          }
        });
    return top;
  }

  private static void assertTotals(String question, CubeQuery query, Row totals) {
    Map<RowKey, Expected> expected = oracle.rows(query.total(), null);
    if (expected.isEmpty()) {
      assertThat(totals).as(question).isNull();
      return;
    }
    assertThat(new Expected(totals.measures(), totals.compared()))
        .as("totals of %s", question)
        .isEqualTo(expected.values().iterator().next());
  }

  private static void assertHead(String question, CubeQuery query, AnswerHead head) {
    Set<Long> covered = new HashSet<>();
    COMMITTED.forEach(event -> covered.add(event.hourMillis()));
    List<Counted> late =
        LATE.stream()
            .filter(event -> covered.contains(event.hourMillis()))
            .map(QuestionsITCase::counted)
            .toList();
    Map<RowKey, Expected> counted = new NaiveAnswers(late).rows(events(query), null);
    long expected =
        counted.isEmpty()
            ? 0
            : (long) counted.values().iterator().next().measures().get("event_count");
    assertThat(head.lateEvents()).as("late events of %s", question).isEqualTo(expected);
    assertThat(head.commit()).isEqualTo(3);
    long newest =
        Stream.concat(COMMITTED.stream(), LATE.stream())
            .mapToLong(Event::timeMicros)
            .max()
            .orElseThrow();
    assertThat(head.watermark().toEpochMilli()).isEqualTo(newest / 1000);
  }

  /** The number of events over the range that pass the filters. */
  private static CubeQuery events(CubeQuery query) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    parameters.add("measures", "event_count");
    CubeQuery all = parser.parse(catalog.shown("traffic"), parameters);
    return new CubeQuery(
        all.shape(),
        all.views(),
        Granularity.TOTAL,
        query.zone(),
        query.from(),
        query.to(),
        query.filters(),
        List.of(),
        null,
        CubeQuery.Fill.NONE,
        null,
        false,
        null,
        0);
  }

  private static List<Row> streamed(CubeQuery query) throws IOException {
    List<Row> rows = new ArrayList<>();
    reader.stream(
        query,
        new RowSink() {
          @Override
          public void begin(AnswerHead head) {
            assertThat(rows).isEmpty();
          }

          @Override
          public void row(Row row) {
            rows.add(row);
          }
        });
    return rows;
  }

  private static void assertPages(String question, CubeQuery query, CubeAnswer whole) {
    List<Row> all = whole.rows();
    List<Row> rows = new ArrayList<>();
    Integer offset = 0;
    int size = Math.max(1, all.size() / 2);
    while (offset != null) {
      CubeAnswer page = reader.read(query.page(size, offset));
      assertThat(page.head().status()).as("of %s", question).isEqualTo(whole.head().status());
      assertThat(page.totals()).as("totals of %s", question).isEqualTo(whole.totals());
      rows.addAll(page.rows());
      offset = page.nextOffset();
    }
    assertThat(rows).as("pages of %s", question).isEqualTo(all);
  }

  private static Counted counted(Event event) {
    Map.Entry<AggregateKey, MinuteAggregate> row =
        log.minutes(List.of(event)).entrySet().iterator().next();
    Map<String, String> dimensions = new LinkedHashMap<>();
    List<String> names = PIPELINE.cubes().get(ServedLog.CUBE).dimensionNames();
    for (int i = 0; i < names.size(); i++) {
      dimensions.put(names.get(i), row.getKey().dimension(i));
    }
    return new Counted(
        Instant.ofEpochSecond(event.timeMicros() / 1_000_000), dimensions, row.getValue());
  }
}
