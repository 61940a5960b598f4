package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.api.RunningServer;
import dev.weir.serving.security.Attempt.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security off: for this machine only, and it says so. */
class OpenServerITCase {
  @TempDir private static Path folder;
  private static LogCapture log;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    log = LogCapture.begin();
    server = new RunningServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
    log.close();
  }

  @Test
  void saysThatItIsOff() throws Exception {
    assertThat(log.text())
        .contains("SECURITY IS OFF: whoever can reach 127.0.0.1", "--security on");
    assertThat(server.get("/api/v1/me").body())
        .isEqualTo(
            "{\"security\":\"off\",\"name\":\"anyone on this machine\",\"role\":\"admin\",\"kind\":\"open\","
                + "\"warning\":\"Security is off: whoever can reach this machine's loopback address may do everything.\"}");
    assertThat(server.get("/health").body()).contains("last_commit_age_seconds");
    assertThat(server.get("/api/v1/keys").body()).isEqualTo("{\"keys\":[]}");
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    int port = server.uri("/").getPort();
    for (InetAddress address : ownAddresses()) {
      assertThat(reaches(address, port)).as(address.toString()).isFalse();
    }
    assertThat(reaches(InetAddress.getLoopbackAddress(), port)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1"})
  void answersToTheMachinesOwnNamesOnly(String host) throws Exception {
    assertThat(raw("GET /api/v1/cubes HTTP/1.1\r\nHost: " + host))
        .startsWith("HTTP/1.1 400")
        .contains("no host but localhost")
        .doesNotContain("evil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:9", "127.0.0.1", "[::1]:8080"})
  void answersToEachOfThem(String host) throws Exception {
    assertThat(raw("GET /api/v1/cubes HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 200");
  }

  @Test
  void otherSitesPagesChangeNothing() throws Exception {
    Answer answer =
        Attempt.at(server.uri("/api/v1/keys"))
            .with("Sec-Fetch-Site", "cross-site")
            .post("{\"name\": \"forged\", \"role\": \"admin\"}")
            .send();

    assertThat(answer.status()).isEqualTo(403);
    assertThat(server.database().queryLong("SELECT count(*) FROM weir.api_key")).isZero();
    assertThat(server.database().query("SELECT who || ' ' || outcome FROM weir.audit"))
        .isEqualTo("anyone on this machine refused: not from the dashboard's own page");
  }

  @Test
  void nobodysForwardedHeadersAreBelieved() throws Exception {
    Answer answer =
        Attempt.at(server.uri("/api/v1/cubes"))
            .with("X-Forwarded-Proto", "https")
            .with("X-Forwarded-Host", "evil.example")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Permissions-Policy")).contains("camera=()");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.header("RateLimit")).isEmpty();
  }

  @Test
  void noCallsToOtherOrigins() throws Exception {
    Answer answer =
        Attempt.at(server.uri("/api/v1/cubes")).with("Origin", "https://evil.example").send();

    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void refusesRequestsThatAreTooLarge() throws Exception {
    String url = "/api/v1/cubes/traffic?";
    assertThat(server.get(url + "from=" + "x".repeat(6_000)).statusCode()).isEqualTo(414);
    assertThat(server.get(url + "a=1&".repeat(301)).statusCode()).isEqualTo(400);
    assertThat(server.get(url + "a=%00").body()).contains("U+0000");
    String large = "{\"name\": \"" + "x".repeat(70_000) + "\"}";
    assertThat(Attempt.at(server.uri("/api/v1/keys")).post(large).send().status()).isEqualTo(413);
    assertThat(
            raw(
                "POST /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked"))
        .startsWith("HTTP/1.1 411")
        .contains("Content-Length");
    assertThat(
            raw("GET /api/v1/cubes HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000)))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("org.apache", "Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/cubes?a=| HTTP/1.1",
        "GET /api/v1/{cubes} HTTP/1.1",
        "GET /api/v1/cubes/%zz HTTP/1.1",
        "GET /api/v1/freshness?x=%zz HTTP/1.1",
        "GET /api/v1/audit?limit=%zz HTTP/1.1",
        "GET /api/v1/cubes/traffic/rows?to=%zz HTTP/1.1",
        "GET /api/v1/cubes HTTP/1.1\r\nHost: other host"
      })
  void saysInItsOwnFormWhatTheHttpServerRejects(String head) throws Exception {
    String host = head.contains("Host:") ? "" : "\r\nHost: localhost";

    assertThat(raw(head + host))
        .startsWith("HTTP/1.1 400")
        .contains("Content-Type: application/problem+json", "\"status\":400")
        .doesNotContain("<html", "Tomcat", "Apache", "|", "{cubes}", "zz", "other host");
  }

  @Test
  void asksForNothingButTheQuerysParameters() throws Exception {
    assertThat(raw("OPTIONS /api/v1/cubes/traffic/rows?from=now-1h HTTP/1.1\r\nHost: localhost"))
        .startsWith("HTTP/1.1 200")
        .contains("Allow: GET");
    // The body of a form is no query, and may be a secret.
    String form =
        raw(
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n"
                + "Content-Type: application/x-www-form-urlencoded",
            "key=abcd");
    assertThat(form).startsWith("HTTP/1.1 4").doesNotContain("key", "abcd");
  }

  private static List<InetAddress> ownAddresses() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }

  private static boolean reaches(InetAddress address, int port) {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a request's head and reads the answer, as HTTP clients that are too polite do not. */
  private static String raw(String head) throws IOException {
    return raw(head, "");
  }

  private static String raw(String head, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              (head + "\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
