package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.security.Attempt.Answer;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.key.ApiKey;
import dev.weir.serving.security.key.KeyStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser logs in with a key, and other sites' pages get nowhere. */
@ExtendWith(SecuredServer.Shared.class)
class BrowserITCase {
  private static SecuredServer server;

  @BeforeAll
  static void start(SecuredServer shared) {
    server = shared;
  }

  @Test
  void aKeyIsExchangedForACookieThatScriptsCannotRead() throws Exception {
    Answer opened = logIn(server.keys.get(Role.READER));

    assertThat(opened.status()).isEqualTo(201);
    assertThat(opened.header("Set-Cookie"))
        .startsWith("weir_session=")
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure");
    assertThat(opened.body()).doesNotContain(cookie(opened).substring(13));
    assertThat(opened.header("Cache-Control")).isEqualTo("no-store");
    Answer me = server.ask("/api/v1/me").with("Cookie", cookie(opened)).send();
    assertThat(json(me).get("role").asString()).isEqualTo("reader");
    assertThat(json(me).get("kind").asString()).isEqualTo("key");
    assertThat(json(me).get("csrf").asString()).isEqualTo(json(opened).get("csrf").asString());
    assertThat(json(me).has("warning")).isFalse();
    Answer stream = server.ask("/api/v1/cubes/traffic/live").with("Cookie", cookie(opened)).send();
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
    assertThat(server.ask("/api/v1/keys").with("Cookie", cookie(opened)).send().status())
        .isEqualTo(403);
  }

  @Test
  void theCookieIsForTlsOnlyBehindTls() throws Exception {
    Answer opened =
        server
            .ask("/api/v1/session")
            .with("X-Forwarded-Proto", "https")
            .post("{\"key\": \"" + server.keys.get(Role.READER) + "\"}")
            .send();

    assertThat(opened.header("Set-Cookie")).contains("; Secure;");
    assertThat(opened.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
  }

  /** What the proxy is called, its caller alone knows. */
  @Test
  void aRedirectStaysAtTheAddressThatWasAsked() throws Exception {
    Answer docs = server.ask("/docs").with("X-Forwarded-Proto", "https").send();

    assertThat(docs.status()).isEqualTo(302);
    assertThat(docs.header("Location")).isEqualTo("/docs/index.html");
  }

  @Test
  void logsOut() throws Exception {
    Answer opened = logIn(server.keys.get(Role.READER));
    Answer closed =
        server
            .ask("/api/v1/session")
            .method("DELETE")
            .with("Cookie", cookie(opened))
            .with("X-Weir-Csrf", json(opened).get("csrf").asString())
            .send();

    assertThat(closed.status()).isEqualTo(204);
    assertThat(closed.header("Set-Cookie")).startsWith("weir_session=;").contains("Max-Age=0");
    assertThat(server.ask("/api/v1/me").with("Cookie", cookie(opened)).send().status())
        .isEqualTo(401);
  }

  @Test
  void aTokenOpensASessionThatEndsWithIt() throws Exception {
    Answer opened =
        logIn(server.provider.signed(server.provider.claims("weir", "operator").build()));

    assertThat(json(opened).get("name").asString()).isEqualTo("ada");
    Answer me = server.ask("/api/v1/me").with("Cookie", cookie(opened)).send();
    assertThat(json(me).get("kind").asString()).isEqualTo("token");
    assertThat(json(me).get("until").asString())
        .isEqualTo(json(opened).get("ends").asString())
        .isLessThan(Instant.now().plusSeconds(301).toString());
  }

  @Test
  void aBadKeyOpensNone() throws Exception {
    for (String key : List.of("weir_", "nothing", server.revoked(), server.expired())) {
      Answer answer = logIn(key);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("Set-Cookie")).isEmpty();
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
    for (String body : List.of("{}", "{\"key\": \"\"}", "{\"key\": null}", "[]", "{", "null")) {
      Answer answer = server.ask("/api/v1/session").post(body).send();
      assertThat(answer.status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void aSessionEndsWithItsKey() throws Exception {
    KeyStore.Created created = server.create(Role.OPERATOR, null);
    Answer opened = logIn(created.text().revealed());
    assertThat(server.ask("/api/v1/audit").with("Cookie", cookie(opened)).send().status())
        .isEqualTo(200);

    Answer revoked =
        server
            .ask("/api/v1/keys/" + created.key().id())
            .method("DELETE")
            .key(server.keys.get(Role.ADMIN))
            .send();

    assertThat(revoked.status()).isEqualTo(204);
    assertThat(server.ask("/api/v1/audit").with("Cookie", cookie(opened)).send().status())
        .isEqualTo(401);
    assertThat(server.ask("/").with("Cookie", cookie(opened)).send().status()).isEqualTo(200);
  }

  @Test
  void aChangeNeedsMoreThanTheCookie() throws Exception {
    Answer opened = logIn(server.keys.get(Role.ADMIN));
    String body = "{\"name\": \"forged\", \"role\": \"admin\"}";

    for (String csrf : new String[] {null, "", "wrong", cookie(opened)}) {
      Attempt attempt = server.ask("/api/v1/keys").with("Cookie", cookie(opened)).post(body);
      Answer answer = (csrf == null ? attempt : attempt.with("X-Weir-Csrf", csrf)).send();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("X-Weir-Csrf", "GET /api/v1/me");
    }
    assertThat(server.store().all()).extracting(ApiKey::name).doesNotContain("forged");
    Answer own =
        server
            .ask("/api/v1/keys")
            .with("Cookie", cookie(opened))
            .with("X-Weir-Csrf", json(opened).get("csrf").asString())
            .with("Sec-Fetch-Site", "same-origin")
            .post("{\"name\": \"from the page\", \"role\": \"reader\"}")
            .send();
    assertThat(own.status()).isEqualTo(201);
  }

  @Test
  void otherSitesPagesChangeNothing() throws Exception {
    String good = server.keys.get(Role.ADMIN);
    String body = "{\"name\": \"forged\", \"role\": \"admin\"}";
    String host = "http://127.0.0.1:" + server.running.uri("/").getPort();
    for (String[] header :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", host + "0"},
          {"Origin", "https://tools.example.org"}
        }) {
      Answer answer =
          server.ask("/api/v1/keys").key(good).with(header[0], header[1]).post(body).send();
      assertThat(answer.status()).as(header[0] + " " + header[1]).isEqualTo(403);
    }
    assertThat(server.store().all()).extracting(ApiKey::name).doesNotContain("forged");
    assertThat(
            server
                .ask("/api/v1/keys")
                .key(good)
                .with("Origin", host)
                .post("{\"name\": \"own origin\", \"role\": \"reader\"}")
                .send()
                .status())
        .isEqualTo(201);
  }

  @Test
  void onlyDeclaredOriginsMayRead() throws Exception {
    Answer asked =
        server
            .ask("/api/v1/cubes")
            .method("OPTIONS")
            .with("Origin", "https://tools.example.org")
            .with("Access-Control-Request-Method", "GET")
            .with("Access-Control-Request-Headers", "authorization")
            .send();
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("https://tools.example.org");
    assertThat(asked.header("Access-Control-Allow-Methods")).isEqualTo("GET,HEAD");
    assertThat(asked.header("Access-Control-Allow-Credentials")).isEmpty();
    for (String[] refused :
        new String[][] {
          {"https://tools.example.org", "POST"},
          {"https://tools.example.org.evil.example", "GET"},
          {"http://tools.example.org", "GET"},
          {"https://evil.example", "GET"},
          {"null", "GET"}
        }) {
      Answer answer =
          server
              .ask("/api/v1/cubes")
              .method("OPTIONS")
              .with("Origin", refused[0])
              .with("Access-Control-Request-Method", refused[1])
              .send();
      assertThat(answer.status()).as(refused[0]).isEqualTo(403);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("--security.cors-origin");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
    Answer read =
        server
            .ask("/api/v1/cubes")
            .key(server.keys.get(Role.READER))
            .with("Origin", "https://tools.example.org")
            .send();
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo("https://tools.example.org");
  }

  private static Answer logIn(String key) throws Exception {
    return server.ask("/api/v1/session").post("{\"key\": \"" + key + "\"}").send();
  }

  private static String cookie(Answer opened) {
    String header = opened.header("Set-Cookie");
    return header.substring(0, header.indexOf(';'));
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.builder().build().readTree(answer.body());
  }
}
