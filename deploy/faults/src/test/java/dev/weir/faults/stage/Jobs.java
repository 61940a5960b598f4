package dev.weir.faults.stage;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.faults.system.FaultRuntime;
import dev.weir.local.flink.FlinkRest;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.JavaCommand;
import dev.weir.local.runtime.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jobs that an operator might start by mistake: submitted to the session cluster by Flink's own
 * command line, with or without state, beside each other.
 */
public final class Jobs {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

  private final FaultRuntime runtime;

  Jobs(FaultRuntime runtime) {
    this.runtime = runtime;
  }

  /** The job that has not ended. */
  public String running() {
    return runtime.flink().unfinishedJob().orElseThrow().id();
  }

  public String state(String job) {
    return runtime.flink().job(job).state();
  }

  /** Submits the speed layer without state; its id. */
  public String submit(String... arguments) {
    return submit(List.of(), arguments);
  }

  /** Submits the speed layer from a checkpoint or savepoint; its id. */
  public String submitFrom(String snapshot, String... arguments) {
    return submit(List.of("-s", snapshot), arguments);
  }

  private String submit(List<String> options, String... more) {
    Endpoints endpoints = runtime.endpoints();
    List<String> words = new ArrayList<>(List.of("run", "-d"));
    words.addAll(List.of("-m", URI.create(endpoints.flink()).getAuthority()));
    words.addAll(options);
    words.add(runtime.installation().speedLayerJob().toString());
    words.addAll(List.of("--pipeline", runtime.data().pipeline().toString()));
    words.addAll(List.of("--kafka.bootstrap.servers", endpoints.kafka()));
    words.addAll(List.of("--database.url", endpoints.jobsJdbcUrl()));
    words.addAll(List.of("--database.user", endpoints.user()));
    words.addAll(List.of("--archive", runtime.data().archive().toUri().toString()));
    words.addAll(List.of(more));
    String said = flink(words);
    Matcher id = JOB_ID.matcher(said);
    if (!id.find()) {
      throw new IllegalStateException("the job was not accepted:\n" + said);
    }
    return id.group(1);
  }

  /** Runs Flink's own command line; what it says. */
  private String flink(List<String> words) {
    ProcessBuilder frontend =
        new ProcessBuilder(
                new JavaCommand(runtime.data(), 512)
                    .opened()
                    .option("-XX:+UseSerialGC")
                    .option("-XX:TieredStopAtLevel=1")
                    .lib(runtime.installation().sessionLib())
                    .run("org.apache.flink.client.cli.CliFrontend")
                    .run(words.toArray(String[]::new))
                    .words())
            .redirectErrorStream(true);
    frontend.environment().put("FLINK_CONF_DIR", runtime.data().folder("flink/conf").toString());
    try {
      Path output = Files.createTempFile("flink-command", ".log");
      Process process = frontend.redirectOutput(output.toFile()).start();
      process.onExit().orTimeout(Stage.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The job's newest completed checkpoint. */
  public String lastCheckpoint(String job) {
    JsonNode latest = get("/jobs/" + job + "/checkpoints").path("latest");
    return latest.path("completed").path("external_path").asText();
  }

  /** The checkpoint or savepoint that the job was started from. */
  public String restoredFrom(String job) {
    JsonNode latest = get("/jobs/" + job + "/checkpoints").path("latest");
    return latest.path("restored").path("external_path").asText();
  }

  /** Takes a savepoint of a job that goes on; its address. */
  public String savepoint(String job) {
    String order =
        Json.text(
            Map.of(
                "target-directory",
                runtime.data().savepoints().toUri().toString(),
                "formatType",
                "NATIVE"));
    String trigger =
        post("/jobs/" + job + "/savepoints", "application/json", text(order))
            .path("request-id")
            .asText();
    FlinkRest flink = runtime.flink();
    await().atMost(Stage.PATIENCE).until(() -> flink.savepoint(job, trigger).isPresent());
    return flink.savepoint(job, trigger).orElseThrow();
  }

  /** The largest parallelism of its operators. */
  public int parallelism(String job) {
    int most = 0;
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      most = Math.max(most, vertex.path("parallelism").asInt());
    }
    return most;
  }

  /** The id of a checkpoint, as a checkpoint's or savepoint's metadata says. */
  public long checkpointOf(String snapshot) {
    Path metadata = Path.of(URI.create(snapshot).getPath()).resolve("_metadata");
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      in.skipNBytes(2L * Integer.BYTES); // magic number and version of the format
      return in.readLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the job has ended; how. */
  public Ended awaitEnd(String job) {
    await().atMost(Stage.PATIENCE).until(() -> runtime.flink().job(job).isEnded());
    return ended(job);
  }

  /** How a job that ended stands. */
  public Ended ended(String job) {
    String message = runtime.flink().failure(job);
    JsonNode failures = get("/jobs/" + job + "/exceptions").path("exceptionHistory");
    return new Ended(state(job), failures.path("entries").size(), message);
  }

  /**
   * How a job ended.
   *
   * @param failures how often it failed: once, if it was not restarted
   * @param message of the last failure
   */
  public record Ended(String state, int failures, String message) {}

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(URI.create(runtime.endpoints().flink() + path)).build());
  }

  private JsonNode post(String path, String type, BodyPublisher body) {
    return send(
        HttpRequest.newBuilder(URI.create(runtime.endpoints().flink() + path))
            .header("Content-Type", type)
            .POST(body)
            .build());
  }

  private static BodyPublisher text(String text) {
    return BodyPublishers.ofString(text);
  }

  private static JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(request.uri() + ": " + response.body());
      }
      return Json.parse(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
