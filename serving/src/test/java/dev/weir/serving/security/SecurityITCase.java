package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.security.Attempt.Answer;
import dev.weir.serving.security.Endpoints.Endpoint;
import dev.weir.serving.security.caller.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.function.RouterFunction;
import tools.jackson.databind.json.JsonMapper;

/** Every endpoint of the running application, with every kind of credential. */
@ExtendWith(SecuredServer.Shared.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityITCase {
  private static SecuredServer server;
  private static List<Endpoint> endpoints;

  @BeforeAll
  static void start(SecuredServer shared) {
    server = shared;
    server.log.listen();
    endpoints = Endpoints.of(server.running.context());
  }

  @Test
  void findsTheEndpoints() {
    assertThat(endpoints)
        .extracting(Endpoint::toString)
        .contains(
            "GET /api/v1/cubes",
            "GET /api/v1/freshness",
            "GET /api/v1/me",
            "POST /api/v1/keys",
            "DELETE /api/v1/keys/{id}",
            "DELETE /api/v1/session",
            "GET /api/v1/audit",
            "GET /health");
    // Whoever adds endpoints in another way lets this test find them first.
    assertThat(server.running.context().getBeansOfType(RouterFunction.class)).isEmpty();
  }

  @Test
  void nothingIsAnsweredWithoutACredential() throws Exception {
    for (Endpoint endpoint : endpoints) {
      Answer answer = server.ask(endpoint.path("1")).method(endpoint.method()).send();
      if (endpoint.open()) {
        assertThat(answer.status()).as(endpoint.toString()).isNotIn(401, 403, 500);
      } else {
        assertProblem(endpoint, answer, 401, "A credential is needed");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"weir\"");
        assertThat(answer.body()).contains("Authorization: Bearer", "X-Api-Key", "key create");
      }
    }
  }

  @Test
  void nothingIsAnsweredWithABadOne() throws Exception {
    String good = server.keys.get(Role.ADMIN);
    String unknown = "weir_zzzzzzzz" + good.substring(13);
    String altered = good.substring(0, good.length() - 1) + (good.endsWith("A") ? "Q" : "A");
    String token =
        server.provider.signed(server.provider.claims("admin").audience("elsewhere").build());
    for (Endpoint endpoint : endpoints) {
      List<String[]> attempts = new ArrayList<>();
      for (String bad :
          List.of(
              unknown,
              altered,
              good + "A",
              good.toUpperCase(Locale.ROOT),
              "weir_",
              server.expired(),
              server.revoked(),
              token,
              "null")) {
        attempts.add(new String[] {"Authorization", "Bearer " + bad});
      }
      attempts.add(new String[] {"Authorization", good});
      attempts.add(new String[] {"Authorization", "Basic d2Vpcjp3ZWly"});
      attempts.add(new String[] {"Authorization", ""});
      attempts.add(new String[] {"X-Api-Key", altered});
      attempts.add(new String[] {"X-Api-Key", ""});
      for (String[] header : attempts) {
        Answer answer =
            server
                .ask(endpoint.path("1"))
                .method(endpoint.method())
                .with(header[0], header[1])
                .send();
        assertProblem(endpoint, answer, 401, "The credential is not accepted");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(answer.body()).doesNotContain(good.substring(14));
      }
      Answer both =
          server
              .ask(endpoint.path("1"))
              .method(endpoint.method())
              .key(good)
              .with("X-Api-Key", good)
              .send();
      assertProblem(endpoint, both, 401, "The credential is not accepted");
    }
  }

  @Test
  void aCredentialInTheUrlOrACookieIsNone() throws Exception {
    String good = server.create(Role.ADMIN, null).text().revealed();
    for (String path :
        List.of(
            "/api/v1/cubes?key=" + good,
            "/api/v1/cubes?access_token=" + good,
            "/api/v1/cubes?api_key=" + good)) {
      assertThat(server.ask(path).send().status()).isEqualTo(401);
    }
    assertThat(server.ask("/api/v1/cubes").with("Cookie", "weir_session=" + good).send().status())
        .isEqualTo(401);
  }

  @Test
  void aRoleMayDoWhatItsRoleMayAndNoMore() throws Exception {
    String nobody = server.provider.signed(server.provider.claims("viewer").build());
    for (Endpoint endpoint : endpoints) {
      if (endpoint.open()) {
        continue;
      }
      for (Role role : Role.values()) {
        String token = server.provider.signed(server.provider.claims(role.word()).build());
        for (String credential : List.of(server.keys.get(role), token)) {
          Answer answer =
              server.ask(endpoint.path("987654")).method(endpoint.method()).key(credential).send();
          if (endpoint.allows(role)) {
            assertThat(answer.status())
                .as(endpoint + " as " + role)
                .isNotIn(401, 403)
                .isLessThan(500);
          } else {
            assertProblem(endpoint, answer, 403, "The role is not enough");
            assertThat(answer.body()).contains("has the role " + role.word());
            assertThat(answer.header("WWW-Authenticate")).contains("insufficient_scope");
          }
        }
      }
      if (endpoint.needed() != null) {
        Answer answer =
            server.ask(endpoint.path("987654")).method(endpoint.method()).key(nobody).send();
        assertProblem(endpoint, answer, 403, "The role is not enough");
        assertThat(answer.body()).contains("names none of the roles reader, operator, admin");
      }
    }
  }

  @Test
  void unusualWaysToTheSamePlaceAreClosed() throws Exception {
    for (String path :
        List.of(
            "/api/v1//cubes",
            "/api/v1/./cubes",
            "/api/v1/x/../cubes",
            "/api/v1/cubes/",
            "/api/v1/cubes;a=b",
            "/API/v1/cubes",
            "/api%2Fv1/cubes",
            "/%61pi/v1/cubes",
            "/js/../api/v1/cubes",
            "/js/%2e%2e/api/v1/cubes",
            "/js/..;/api/v1/cubes",
            "/openapi.json",
            "/openapi.json/",
            "/error",
            "/actuator",
            "/webjars/../application.properties",
            "/application.properties")) {
      Answer answer = server.ask(path).send();
      assertThat(answer.status()).as(path).isIn(400, 401, 404);
      assertThat(answer.body()).as(path).doesNotContain("traffic", "spring.");
    }
    for (String method : List.of("PUT", "PATCH", "TRACE", "PROPFIND", "get")) {
      Answer answer = server.ask("/api/v1/cubes").method(method).send();
      assertThat(answer.status()).as(method).isIn(400, 401, 405, 501);
    }
    Answer overridden =
        server
            .ask("/api/v1/keys/1")
            .key(server.keys.get(Role.READER))
            .with("X-HTTP-Method-Override", "DELETE")
            .send();
    assertThat(overridden.status()).isEqualTo(403);
  }

  @Test
  void whatThePageIsMadeOfIsOpen() throws Exception {
    assertThat(server.ask("/").send().status()).isEqualTo(200);
    assertThat(server.ask("/index.html").send().body()).contains("<script");
    assertThat(server.ask("/icon.svg").send().status()).isEqualTo(200);
    Answer health = server.ask("/health").send();
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(server.ask("/health").key(server.keys.get(Role.READER)).send().body())
        .contains("last_commit_age_seconds");
  }

  /** Runs last: the log has everything by then. */
  @Test
  @Order(Integer.MAX_VALUE)
  void noSecretIsEverLoggedOrKept() throws Exception {
    String token = server.provider.signed(server.provider.claims("reader").build());
    server.ask("/api/v1/me").key(token).send();
    server.ask("/api/v1/me").key(token + "x").send();
    List<String> secrets = new ArrayList<>(List.of(token, token.substring(token.lastIndexOf('.'))));
    server.keys.values().forEach(key -> secrets.addAll(List.of(key, key.substring(14))));
    server.log.tellingAll(() -> secrets.addAll(makeAKeyAndLogInWithIt()));
    String log = server.log.text();
    String kept =
        server
            .running
            .database()
            .query(
                "SELECT string_agg(a::text, ' ') || (SELECT string_agg(k::text, ' ') FROM weir.api_key k) FROM weir.audit a");

    assertThat(log)
        .contains("cubes", "Writing [a new key: ", "Writing [a session of ", "Writing [key ")
        .doesNotContain("weir_zzzzzzzz");
    assertThat(kept).contains("there is no such key", "refused: the role is not enough");
    for (String text : List.of(log, kept)) {
      for (String secret : secrets) {
        // Not by the text itself, which is too long to be shown.
        assertThat(text.indexOf(secret)).as("where " + secret + " stands").isNegative();
      }
    }
  }

  /** Gives everything secret that comes up. */
  private static List<String> makeAKeyAndLogInWithIt() throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    String made =
        server
            .ask("/api/v1/keys")
            .key(server.keys.get(Role.ADMIN))
            .post("{\"name\": \"a trace\", \"role\": \"reader\"}")
            .send()
            .body();
    String key = json.readTree(made).get("key").asString();
    Answer opened = server.ask("/api/v1/session").post("{\"key\": \"" + key + "\"}").send();
    String csrf = json.readTree(opened.body()).get("csrf").asString();
    String cookie = opened.header("Set-Cookie");
    String session = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    Answer me = server.ask("/api/v1/me").with("Cookie", "weir_session=" + session).send();
    assertThat(me.body()).contains(csrf);
    assertThat(
            server
                .ask("/api/v1/session")
                .method("DELETE")
                .with("Cookie", "weir_session=" + session)
                .with("X-Weir-Csrf", csrf)
                .send()
                .status())
        .isEqualTo(204);
    return List.of(key, key.substring(14), csrf, session);
  }

  private static void assertProblem(Endpoint endpoint, Answer answer, int status, String title) {
    assertThat(answer.status()).as(endpoint + " " + answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(answer.body()).contains("\"title\":\"" + title + "\"");
  }
}
