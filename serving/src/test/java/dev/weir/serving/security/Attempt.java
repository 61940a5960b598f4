package dev.weir.serving.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A request as anybody might send it, and what came back. */
final class Attempt {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final URI uri;
  private final List<String> headers = new ArrayList<>();
  private String method = "GET";
  private String body = "";

  private Attempt(URI uri) {
    this.uri = uri;
  }

  /**
   * The answer; of an event stream nothing but status and headers.
   *
   * @param body empty for an event stream
   */
  record Answer(int status, HttpHeaders headers, String body) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  static Attempt at(URI uri) {
    return new Attempt(uri);
  }

  Attempt with(String header, String value) {
    headers.add(header);
    headers.add(value);
    return this;
  }

  Attempt key(String key) {
    return with("Authorization", "Bearer " + key);
  }

  /** Whom a trusted proxy says that it stands for. */
  Attempt from(String address) {
    return with("X-Forwarded-For", address);
  }

  Attempt method(String name) {
    method = name;
    return this;
  }

  Attempt post(String json) {
    method = "POST";
    body = json;
    return with("Content-Type", "application/json");
  }

  Answer send() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      boolean stream =
          response
              .headers()
              .firstValue("Content-Type")
              .filter(type -> type.startsWith("text/event-stream"))
              .isPresent();
      return new Answer(
          response.statusCode(),
          response.headers(),
          stream ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
