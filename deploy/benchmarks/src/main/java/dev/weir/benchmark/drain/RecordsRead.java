package dev.weir.benchmark.drain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.local.runtime.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;

/** How many records a job has read, by Flink's own count. */
final class RecordsRead {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** In which the TaskManager tells the JobManager its counts. */
  private static final Duration FETCHING = Duration.ofMillis(150);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String flink;

  /**
   * @param flink address of the JobManager's REST interface
   */
  RecordsRead(String flink) {
    this.flink = flink;
  }

  /**
   * The count at the time of the call; empty while no job runs or not every subtask has told its
   * own. Flink answers with what it fetched when it was asked before, so it is asked twice.
   */
  OptionalLong now() throws InterruptedException {
    if (fetched().isEmpty()) {
      return OptionalLong.empty();
    }
    Thread.sleep(FETCHING.toMillis());
    return fetched();
  }

  private OptionalLong fetched() throws InterruptedException {
    try {
      for (JsonNode job : get("/jobs/overview").path("jobs")) {
        if (job.path("state").asText().equals("RUNNING")) {
          return bySources(get("/jobs/" + job.path("jid").asText()).path("vertices"));
        }
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty(); // It starts, or is too busy to answer.
    }
  }

  private static OptionalLong bySources(JsonNode vertices) {
    long read = 0;
    boolean complete = !vertices.isEmpty();
    for (JsonNode vertex : vertices) {
      if (vertex.path("name").asText().startsWith("Source:")) {
        read += vertex.path("metrics").path("read-records").asLong();
        complete &= vertex.path("metrics").path("read-records-complete").asBoolean();
      }
    }
    return complete ? OptionalLong.of(read) : OptionalLong.empty();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(flink + path)).timeout(PATIENCE).build();
    return Json.parse(client.send(request, BodyHandlers.ofString()).body());
  }
}
