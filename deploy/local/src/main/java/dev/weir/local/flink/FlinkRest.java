package dev.weir.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.Json;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The few questions and orders that the local runtime has for Flink's REST interface. All but
 * {@link #answers} and {@link #slots} throw {@link FlinkSilentException} where no answer comes in
 * time.
 */
public final class FlinkRest {
  private static final Duration FAILURE_PATIENCE = Duration.ofSeconds(10);

  /** For an answer that Flink has at hand. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  private final String address;

  /**
   * @param address such as {@code http://127.0.0.1:8081}
   */
  public FlinkRest(String address) {
    this.address = address;
  }

  public boolean answers() {
    return tryGet("/overview").isPresent();
  }

  /** Slots of all registered TaskManagers; 0 while nothing answers. */
  public int slots() {
    return tryGet("/overview").map(o -> o.path("slots-total").asInt()).orElse(0);
  }

  /** The job that has not ended, if there is one. */
  public Optional<Job> unfinishedJob() {
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      Job found = job(job);
      if (!found.isEnded()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** The job that started last, ended or not. */
  public Optional<Job> lastJob() {
    JsonNode last = null;
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (last == null || job.path("start-time").asLong() > last.path("start-time").asLong()) {
        last = job;
      }
    }
    return Optional.ofNullable(last).map(FlinkRest::job);
  }

  /** Whether every task of the job runs; only then can it make a checkpoint. */
  public boolean allTasksRun(String job) {
    JsonNode vertices = get("/jobs/" + job).path("vertices");
    for (JsonNode vertex : vertices) {
      JsonNode tasks = vertex.path("tasks");
      if (tasks.path("RUNNING").asInt() != vertex.path("parallelism").asInt()) {
        return false;
      }
    }
    return !vertices.isEmpty();
  }

  public Job job(String id) {
    JsonNode job = get("/jobs/" + id);
    return new Job(id, job.path("name").asText(), job.path("state").asText());
  }

  private static Job job(JsonNode job) {
    return new Job(job.path("jid").asText(), job.path("name").asText(), job.path("state").asText());
  }

  /** Checkpoints of a job: completed, failed, and when the last one was completed. */
  public Checkpoints checkpoints(String job) {
    JsonNode all = get("/jobs/" + job + "/checkpoints");
    return new Checkpoints(
        all.path("counts").path("completed").asLong(),
        all.path("counts").path("failed").asLong(),
        all.path("latest").path("completed").path("latest_ack_timestamp").asLong(0));
  }

  /** How often the job was restarted, by Flink's own counter; 0 if it does not say. */
  public long restarts(String job) {
    for (JsonNode metric : get("/jobs/" + job + "/metrics?get=numRestarts")) {
      return metric.path("value").asLong();
    }
    return 0;
  }

  /**
   * What made the job fail, in one line; empty if nothing did. Waits a little for it where a job
   * has just failed: Flink tells the state first.
   */
  public String failure(String job) {
    long deadline = System.nanoTime() + FAILURE_PATIENCE.toNanos();
    String failure = lastFailure(job);
    while (failure.isEmpty() && System.nanoTime() < deadline && job(job).state().equals("FAILED")) {
      PartRunner.pause();
      failure = lastFailure(job);
    }
    return failure;
  }

  private String lastFailure(String job) {
    JsonNode history = get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries");
    return RootCause.of(history.path(0).path("stacktrace").asText(""));
  }

  /** What became of a checkpoint that was asked for. */
  public enum AskedCheckpoint {
    PENDING,
    COMPLETED,
    FAILED
  }

  /** Asks for a checkpoint now; the answer is the trigger's id. */
  public String triggerCheckpoint(String job) {
    JsonNode answer =
        send("POST", "/jobs/" + job + "/checkpoints", "{\"checkpointType\":\"CONFIGURED\"}");
    return answer.path("request-id").asText();
  }

  /** What became of that checkpoint. */
  public AskedCheckpoint checkpoint(String job, String trigger) {
    JsonNode answer = get("/jobs/" + job + "/checkpoints/" + trigger);
    if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
      return AskedCheckpoint.PENDING;
    }
    return answer.path("operation").hasNonNull("checkpointId")
        ? AskedCheckpoint.COMPLETED
        : AskedCheckpoint.FAILED;
  }

  /** Orders stop-with-savepoint; the answer is the trigger's id. */
  public String stopWithSavepoint(String job, String folder) {
    String order =
        Json.text(Map.of("drain", false, "formatType", "NATIVE", "targetDirectory", folder));
    JsonNode answer = send("POST", "/jobs/" + job + "/stop", order);
    return answer.path("request-id").asText();
  }

  /** The savepoint's location once it is there; empty while it is being taken. */
  public Optional<String> savepoint(String job, String trigger) {
    JsonNode answer = get("/jobs/" + job + "/savepoints/" + trigger);
    if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
      return Optional.empty();
    }
    JsonNode operation = answer.path("operation");
    if (operation.has("failure-cause")) {
      String trace = operation.path("failure-cause").path("stack-trace").asText();
      throw new LocalRuntimeException("The savepoint failed: " + RootCause.of(trace));
    }
    return Optional.of(operation.path("location").asText());
  }

  public void cancel(String job) {
    send("PATCH", "/jobs/" + job + "?mode=cancel", "");
  }

  private Optional<JsonNode> tryGet(String path) {
    try {
      return Optional.of(get(path));
    } catch (LocalRuntimeException e) {
      return Optional.empty();
    }
  }

  private JsonNode get(String path) {
    return send("GET", path, "");
  }

  JsonNode send(String method, String path, String body) {
    return send(
        request(path, PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(patience);
  }

  JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new FlinkRefusedException(
            "%s %s with %d"
                .formatted(request.method(), request.uri().getPath(), response.statusCode()),
            reason(response.body()));
      }
      return Json.parse(response.body().isEmpty() ? "{}" : response.body());
    } catch (HttpTimeoutException e) {
      throw new FlinkSilentException("Flink does not answer in time at " + address + ": " + e, e);
    } catch (IOException e) {
      throw new LocalRuntimeException("Flink does not answer at " + address + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }

  /** What an answer that is a refusal says. */
  private static String reason(String body) {
    try {
      List<String> errors = new ArrayList<>();
      Json.parse(body).path("errors").forEach(error -> errors.add(error.asText()));
      if (!errors.isEmpty()) {
        return errors.get(errors.size() - 1);
      }
    } catch (UncheckedIOException e) {
      return body; // It is no JSON, so not of Flink.
    }
    return body;
  }

  /** A job as Flink lists it. */
  public record Job(String id, String name, String state) {
    public boolean isRunning() {
      return state.equals("RUNNING");
    }

    public boolean isEnded() {
      return state.equals("FINISHED")
          || state.equals("CANCELED")
          || state.equals("FAILED")
          || state.equals("SUSPENDED");
    }
  }

  /**
   * A job's checkpoints.
   *
   * @param lastMillis when the last one was completed; 0 before the first
   */
  public record Checkpoints(long completed, long failed, long lastMillis) {}
}
