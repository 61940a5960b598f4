package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.serving.api.RunningServer;
import dev.weir.serving.security.Attempt.Answer;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.key.ApiKeys;
import dev.weir.serving.security.key.KeyStore;
import dev.weir.serving.security.key.NewKey;
import dev.weir.serving.security.limit.FailedAttempts;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one key, and one address, may cost. */
class LimitsITCase {
  private static final int A_MINUTE = 25;
  private static final String GUESS = "weir_guess000_" + "A".repeat(43);

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new RunningServer(
            folder,
            "--security=on",
            "--server.trusted-proxy=127.0.0.1",
            "--security.rate-limit=" + A_MINUTE,
            "--security.concurrent-requests=2");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aKeyThatAsksTooMuchIsToldHowLongToWait() throws Exception {
    String key = key();
    int answered = 0;
    Answer answer = ask(key).send();
    assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"caller\";q=25;w=60");
    assertThat(answer.header("RateLimit")).isEqualTo("\"caller\";r=24;t=1");
    while (answer.status() == 200 && answered <= 2 * A_MINUTE) {
      answered++;
      answer = ask(key).send();
    }

    assertThat(answered).isGreaterThanOrEqualTo(A_MINUTE);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isIn("1", "2", "3");
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body()).contains("25 times a minute; ask again in");
    assertThat(ask(key()).send().status()).isEqualTo(200);
  }

  @Test
  void aKeyMayHaveSoManyStreamsOpenAndNoMore() throws Exception {
    String key = key();
    HttpClient client = HttpClient.newHttpClient();
    List<InputStream> open = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      HttpResponse<InputStream> stream =
          client.send(
              HttpRequest.newBuilder(server.uri("/api/v1/cubes/traffic/live"))
                  .header("X-Api-Key", key)
                  .build(),
              BodyHandlers.ofInputStream());
      assertThat(stream.statusCode()).isEqualTo(200);
      open.add(stream.body());
    }

    Answer third = ask(key).send();
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.body()).contains("2 requests and event streams open at a time");
    assertThat(ask(key()).send().status()).isEqualTo(200);

    for (InputStream stream : open) {
      stream.close();
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(ask(key).send().status()).isEqualTo(200));
  }

  @Test
  void anAddressThatGuessesMustWaitAndOthersNeedNot() throws Exception {
    String known = key();
    assertThat(ask(known).from("192.0.2.7").send().status()).isEqualTo(200);
    int guesses = refusedUntilItMustWait(GUESS, "192.0.2.7");
    assertThat(guesses).isGreaterThanOrEqualTo(FailedAttempts.A_MINUTE);
    assertThat(refusals()).isEqualTo(guesses);
    assertThat(ask(known).from("192.0.2.7").send().status()).isEqualTo(200);
    forget(known);
    assertThat(ask(known).from("192.0.2.7").send().status())
        .as("a good key goes on for as long as the guesser does")
        .isEqualTo(200);
    assertThat(ask(key()).from("192.0.2.8").send().status()).isEqualTo(200);
    // What the guesser writes in front of what the proxy appends changes nothing.
    assertThat(refusedUntilItMustWait(GUESS, "203.0.113.9, 192.0.2.7"))
        .as("looked at because of the time that has passed")
        .isLessThan(FailedAttempts.A_MINUTE);
  }

  @Test
  void aRevokedKeyIsLookedAtOnceMoreAndThenCountsAsAGuess() throws Exception {
    KeyStore store = server.context().getBean(KeyStore.class);
    KeyStore.Created lent = store.create(new NewKey("lent", Role.READER, "test", null));
    String key = lent.text().revealed();
    assertThat(ask(key).from("192.0.2.9").send().status()).isEqualTo(200);
    refusedUntilItMustWait(GUESS, "192.0.2.9");
    store.revoke(lent.key().id());
    forget(key);

    assertThat(ask(key).from("192.0.2.9").send().status()).isEqualTo(401);
    assertThat(refusedUntilItMustWait(key, "192.0.2.9"))
        .as("looked at because of the time that has passed")
        .isLessThan(FailedAttempts.A_MINUTE);
  }

  /** How often a bad key was looked at until it was not; every three seconds one is again. */
  private static int refusedUntilItMustWait(String key, String address) throws Exception {
    for (int looked = 0; looked < 20 * FailedAttempts.A_MINUTE; looked++) {
      Answer answer = ask(key).from(address).send();
      if (answer.status() == 429) {
        assertThat(answer.header("Retry-After")).isEqualTo("60");
        assertThat(answer.body()).contains("wait a minute");
        return looked;
      }
      assertThat(answer.status()).isEqualTo(401);
    }
    throw new AssertionError("a bad key was looked at every time");
  }

  @Test
  void logInsCountAsRequestsOfTheirKey() throws Exception {
    String key = key();
    int opened = 0;
    Answer answer = logIn(key);
    while (answer.status() == 201 && opened <= 2 * A_MINUTE) {
      opened++;
      answer = logIn(key);
    }

    assertThat(opened).isGreaterThanOrEqualTo(A_MINUTE);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isIn("1", "2", "3");
    assertThat(answer.header("Set-Cookie")).isEmpty();
    int left = 0;
    while (left < A_MINUTE && ask(key).send().status() == 200) {
      left++;
    }
    assertThat(left).as("of the same bucket").isLessThan(A_MINUTE / 2);
    assertThat(
            server
                .database()
                .queryLong(
                    "SELECT count(*) FROM weir.audit WHERE action = 'POST /api/v1/session' AND who LIKE '%"
                        + key.substring(5, 13)
                        + "%'"))
        .as("what is refused is not audited")
        .isEqualTo(opened);
  }

  private static Answer logIn(String key) throws Exception {
    return Attempt.at(server.uri("/api/v1/session")).post("{\"key\": \"" + key + "\"}").send();
  }

  /** What happens by itself a few seconds later. */
  private static void forget(String key) {
    server.context().getBean(ApiKeys.class).changed(key.substring(5, 13));
  }

  private static long refusals() {
    return server
        .database()
        .queryLong(
            "SELECT count(*) FROM weir.audit WHERE address = '192.0.2.7' AND who = 'key guess000' AND outcome = 'refused: there is no such key'");
  }

  private static Attempt ask(String key) {
    return Attempt.at(server.uri("/api/v1/cubes")).key(key);
  }

  private static String key() {
    return server
        .context()
        .getBean(KeyStore.class)
        .create(new NewKey("a dashboard", Role.READER, "test", null))
        .text()
        .revealed();
  }
}
