package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.security.Attempt.Answer;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.key.KeyStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** An event stream that was opened with a good credential is open for as long as that is good. */
@ExtendWith(SecuredServer.Shared.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OpenStreamsITCase {
  private static SecuredServer server;

  @BeforeAll
  static void start(SecuredServer shared) {
    server = shared;
  }

  @Test
  void whoseKeyIsRevokedReadsNoMore() throws Exception {
    KeyStore.Created key = server.create(Role.READER, null);
    try (BufferedReader revoked = watch("X-Api-Key", key.text().revealed());
        BufferedReader other = watch("X-Api-Key", server.keys.get(Role.READER))) {
      readEvent(revoked);
      readEvent(other);
      Answer answer =
          server
              .ask("/api/v1/keys/" + key.key().id())
              .method("DELETE")
              .key(server.keys.get(Role.ADMIN))
              .send();
      assertThat(answer.status()).isEqualTo(204);

      assertEndsWithout(revoked, other, change());
    }
  }

  @Test
  void whoHasLoggedOutReadsNoMore() throws Exception {
    Answer opened =
        server
            .ask("/api/v1/session")
            .post("{\"key\": \"" + server.keys.get(Role.READER) + "\"}")
            .send();
    String header = opened.header("Set-Cookie");
    String cookie = header.substring(0, header.indexOf(';'));
    try (BufferedReader loggedOut = watch("Cookie", cookie);
        BufferedReader other = watch("X-Api-Key", server.keys.get(Role.READER))) {
      readEvent(loggedOut);
      readEvent(other);
      Answer closed =
          server
              .ask("/api/v1/session")
              .method("DELETE")
              .with("Cookie", cookie)
              .with(
                  "X-Weir-Csrf",
                  JsonMapper.builder().build().readTree(opened.body()).get("csrf").asString())
              .send();
      assertThat(closed.status()).isEqualTo(204);

      assertEndsWithout(loggedOut, other, change());
    }
  }

  /** Another event is sent to all who watch: it names this commit. */
  private static String change() {
    server
        .running
        .database()
        .execute("UPDATE weir.head SET commit = commit + 1, last_commit = last_commit + 1");
    return "\"commit\":" + server.running.database().query("SELECT commit FROM weir.head") + ",";
  }

  private static void assertEndsWithout(BufferedReader ended, BufferedReader other, String change)
      throws IOException {
    for (String line = ended.readLine(); line != null; line = ended.readLine()) {
      assertThat(line).doesNotContain(change);
    }
    String line = other.readLine();
    while (!line.contains(change)) {
      line = other.readLine();
    }
  }

  private static void readEvent(BufferedReader stream) throws IOException {
    String line = stream.readLine();
    while (!line.startsWith("data:")) {
      line = stream.readLine();
    }
  }

  private static BufferedReader watch(String header, String value) throws Exception {
    HttpResponse<InputStream> stream =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.running.uri("/api/v1/cubes/traffic/live"))
                    .header(header, value)
                    .build(),
                BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }
}
