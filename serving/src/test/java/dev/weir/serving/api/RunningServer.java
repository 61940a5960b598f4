package dev.weir.serving.api;

import dev.weir.db.TestDatabase;
import dev.weir.serving.ServingOptions;
import dev.weir.serving.WeirServing;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real application on a free port, over an own database. */
public final class RunningServer implements AutoCloseable {
  public static final String DECLARATION =
      """
      pipeline: shop
      sources:
        - {name: clicks, topic: clicks, format: json}
      event:
        id: event_id
        time: timestamp
        dimensions: [event_type, country]
        identifiers: [user_id]
        numbers: [{name: value, scale: 3, min: 0, max: 1000}]
      cubes:
        - name: traffic
          dimensions: [event_type, country]
          measures: [count, {value: [sum, min, max, avg, p95]}, {distinct: user_id}]
      """;

  private final TestDatabase database = TestDatabase.empty();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  /**
   * Starts it.
   *
   * @param options beyond pipeline, database and port
   */
  public RunningServer(Path folder, String... options) throws IOException {
    this(folder, Clock.systemUTC(), options);
  }

  /** Starts it by another clock. */
  public RunningServer(Path folder, Clock clock, String... options) throws IOException {
    Path pipeline = Files.writeString(folder.resolve("pipeline.yaml"), DECLARATION);
    context =
        WeirServing.serve(
            ServingOptions.parse(
                Stream.concat(
                        Stream.of(
                            "serve",
                            "--pipeline=" + pipeline,
                            "--database.url=" + database.jdbcUrl(),
                            "--database.user=" + database.user(),
                            // Tests write rows of commits that were before: no layer does.
                            "--roll-ups.seconds=0",
                            "--server.port=0"),
                        Stream.of(options))
                    .toList(),
                Map.of()),
            clock);
  }

  public TestDatabase database() {
    return database;
  }

  /** What the application is made of. */
  public ConfigurableApplicationContext context() {
    return context;
  }

  public URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  /** Asks with those headers: names and values in turn. */
  HttpResponse<byte[]> bytes(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<Stream<String>> stream(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofLines());
  }

  public JsonNode json(String path) throws IOException, InterruptedException {
    return JsonMapper.builder().build().readTree(get(path).body());
  }

  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }
}
