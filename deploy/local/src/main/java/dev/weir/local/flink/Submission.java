package dev.weir.local.flink;

import dev.weir.local.runtime.Json;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A job that is submitted as {@code flink run -d} does it, but whose main method runs in the
 * JobManager: a JVM that is there, and has read Flink's classes.
 *
 * @param jar of the job, with its main class in the manifest
 * @param arguments of its main method
 * @param snapshot address of the checkpoint or savepoint that it continues from
 */
record Submission(Path jar, List<String> arguments, Optional<String> snapshot, int parallelism) {
  /** The job's main method asks the database before there is an answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * Submits it.
   *
   * @throws FlinkRefusedException if its main method or Flink refuses it
   * @throws FlinkSilentException if there is no answer in time, and the job may or may not run
   */
  void to(FlinkRest flink) {
    Map<String, Object> order = new HashMap<>();
    order.put("programArgsList", arguments);
    order.put("parallelism", parallelism);
    snapshot.ifPresent(address -> order.put("savepointPath", address));
    String uploaded = "/jars/" + upload(flink);
    try {
      var unused =
          flink.send(
              flink
                  .request(uploaded + "/run", PATIENCE)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(Json.text(order)))
                  .build());
    } finally {
      delete(flink, uploaded);
    }
  }

  /** The id under which Flink has the jar now. */
  private String upload(FlinkRest flink) {
    String boundary = "weir-" + UUID.randomUUID();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n\r\n"
            .formatted(boundary, jar.getFileName());
    BodyPublisher form =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            ofFile(),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    HttpRequest upload =
        flink
            .request("/jars/upload", PATIENCE)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(form)
            .build();
    return Path.of(flink.send(upload).path("filename").asText()).getFileName().toString();
  }

  private BodyPublisher ofFile() {
    try {
      return BodyPublishers.ofFile(jar);
    } catch (FileNotFoundException e) {
      throw new LocalRuntimeException("Cannot read the speed layer's job: " + e.getMessage(), e);
    }
  }

  /** What is not deleted now is deleted with Flink's temporary files. */
  private static void delete(FlinkRest flink, String uploaded) {
    try {
      var unused = flink.send("DELETE", uploaded, "");
    } catch (LocalRuntimeException e) {
      return; // Whether the job was accepted is what matters.
    }
  }
}
