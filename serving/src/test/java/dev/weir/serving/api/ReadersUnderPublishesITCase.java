package dev.weir.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.view.LayersAtWork;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Readers of the views and of the API, with its cache and the roll-ups, while events are flushed,
 * committed, published a hundred times and more, until each reader has had its answers, and rolled
 * back now and then: every answer holds all events that were there when it was asked, none that was
 * not, no fewer than the answer before, and agrees with itself.
 */
class ReadersUnderPublishesITCase {
  private static final int PUBLISHES = 100;
  private static final int READERS = 3;
  private static final int ANSWERS = 20;
  private static final int ROLLBACK_EVERY = 9;
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<AtomicInteger> answersOfReaders = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void neverSeeAStaleTornOrDecreasingAnswer(@TempDir Path folder) throws Exception {
    Pipeline pipeline = PipelineReader.read(RunningServer.DECLARATION);
    RandomEvents random =
        new RandomEvents(pipeline, 11, START)
            .lateShare(0.1)
            .duplicateShare(0)
            .keys(3)
            .stepMillis(10_000);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (RunningServer server = new RunningServer(folder, "--roll-ups.seconds=1");
        LayersAtWork layers = new LayersAtWork(server.database(), pipeline, random)) {
      layers.flush(5);
      List<Future<Void>> readers = new ArrayList<>();
      readers.add(threads.submit(() -> sql(server, layers)));
      readers.add(threads.submit(() -> http(server, layers, "granularity=hour&totals=true")));
      readers.add(
          threads.submit(
              () -> http(server, layers, "granularity=day&dimensions=event_type&totals=true")));
      Future<Integer> work =
          threads.submit(
              () -> {
                try {
                  return work(layers);
                } finally {
                  stopped.set(true);
                }
              });

      for (Future<?> reader : readers) {
        reader.get();
      }
      assertThat(work.get()).isGreaterThanOrEqualTo(PUBLISHES);
    } finally {
      stopped.set(true);
      threads.shutdownNow();
    }
  }

  private int work(LayersAtWork layers) throws Exception {
    int published = 0;
    while ((published < PUBLISHES || !allReadersHaveTheirAnswers()) && !stopped.get()) {
      layers.flush(4);
      layers.flush(3);
      layers.commit();
      // Every other time there is nothing live: then the API keeps its answers.
      if (published % 2 == 0) {
        layers.flush(2);
      }
      layers.publish();
      published++;
      if (published % ROLLBACK_EVERY == 0) {
        layers.rollback();
      }
    }
    return published;
  }

  private boolean allReadersHaveTheirAnswers() {
    return answersOfReaders.size() == READERS
        && answersOfReaders.stream().allMatch(answers -> answers.get() >= ANSWERS);
  }

  /** All views in one snapshot, again and again, as a login of weir.create_reader has it. */
  private Void sql(RunningServer server, LayersAtWork layers) throws Exception {
    String query =
        """
        SELECT
          (SELECT sum(event_count) FROM serving.traffic_minute),
          (SELECT sum(event_count) FROM serving.traffic_hour),
          (SELECT sum(event_count) FROM serving.traffic_day),
          (SELECT sum(event_count) FROM rollup.traffic_total_minute),
          (SELECT sum(event_count) FROM rollup.traffic_by_country_hour),
          (SELECT sum(event_count) FROM rollup.traffic_by_event_type_day)""";
    try (Connection connection = server.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_isolation = 'repeatable read'");
      return watch(
          layers,
          () -> {
            List<Long> counts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(query)) {
              row.next();
              for (int i = 1; i <= 6; i++) {
                counts.add(row.getLong(i));
              }
            }
            assertThat(counts).as("views in one snapshot").containsOnly(counts.get(0));
            return counts.get(0);
          });
    }
  }

  /** One question, again and again, as a browser asks: what has not changed is not sent again. */
  private Void http(RunningServer server, LayersAtWork layers, String question) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String path =
        "/api/v1/cubes/traffic/rows?measures=event_count&from=2026-02-26T00:00:00Z&to=2026-03-03T00:00:00Z&"
            + question;
    Kept kept = new Kept();
    return watch(
        layers,
        () -> {
          HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
          if (kept.tag != null) {
            request.header("If-None-Match", kept.tag);
          }
          HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
          if (response.statusCode() == 304) {
            return kept.count;
          }
          assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
          kept.tag = response.headers().firstValue("ETag").orElse(null);
          kept.count = count(response.body());
          return kept.count;
        });
  }

  private static final class Kept {
    private String tag;
    private long count;
  }

  private static long count(String body) {
    JsonNode answer = JsonMapper.builder().build().readTree(body);
    long sum = 0;
    for (JsonNode row : answer.get("rows")) {
      sum += row.get("measures").get("event_count").asLong();
    }
    assertThat(answer.get("totals").get("measures").get("event_count").asLong())
        .as("totals of an answer")
        .isEqualTo(sum);
    return sum;
  }

  private Void watch(LayersAtWork layers, Callable<Long> question) throws Exception {
    AtomicInteger answers = new AtomicInteger();
    answersOfReaders.add(answers);
    long before = 0;
    try {
      while (!stopped.get()) {
        long atLeast = Math.max(before, layers.atLeast());
        long count = question.call();
        assertThat(count).as("answer %s", answers).isBetween(atLeast, (long) layers.atMost());
        before = count;
        answers.incrementAndGet();
      }
      return null;
    } finally {
      stopped.set(true);
    }
  }
}
