package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.serving.security.Attempt.Answer;
import dev.weir.serving.security.caller.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys over HTTP, and what the audit log says of it. */
@ExtendWith(SecuredServer.Shared.class)
class KeysITCase {
  private static SecuredServer server;

  @BeforeAll
  static void start(SecuredServer shared) {
    server = shared;
  }

  @Test
  void anAdministratorMakesUsesAndRevokesAKey() throws Exception {
    Answer made =
        server
            .ask("/api/v1/keys")
            .key(server.keys.get(Role.ADMIN))
            .post("{\"name\": \"grafana\", \"role\": \"reader\", \"expires\": \"90d\"}")
            .send();

    assertThat(made.status()).isEqualTo(201);
    String key = json(made).get("key").asString();
    JsonNode about = json(made).get("about");
    assertThat(key).matches("weir_[a-z0-9]{8}_[A-Za-z0-9_-]{43}");
    assertThat(about.get("state").asString()).isEqualTo("usable");
    assertThat(about.get("created_by").asString()).startsWith("key ").endsWith("(the admin's)");
    assertThat(server.ask("/api/v1/cubes").with("X-Api-Key", key).send().status()).isEqualTo(200);
    assertThat(server.ask("/api/v1/cubes").with("authorization", "bearer " + key).send().status())
        .isEqualTo(200);

    Answer listed = server.ask("/api/v1/keys").key(server.keys.get(Role.ADMIN)).send();
    assertThat(listed.body())
        .contains("\"name\":\"grafana\"", about.get("prefix").asString())
        .doesNotContain(key, key.substring(14), "hash");
    assertThat(
            server
                .running
                .database()
                .query(
                    "SELECT hash = sha256('"
                        + key
                        + "'::bytea) AND last_used_at IS NOT NULL FROM weir.api_key WHERE prefix = '"
                        + about.get("prefix").asString()
                        + "'"))
        .isEqualTo("t");

    Answer revoked =
        server
            .ask("/api/v1/keys/" + about.get("id").asLong())
            .method("DELETE")
            .key(server.keys.get(Role.ADMIN))
            .send();
    assertThat(revoked.status()).isEqualTo(204);
    Answer after = server.ask("/api/v1/cubes").key(key).send();
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.body()).contains("the key was revoked at");

    Answer audit =
        server.ask("/api/v1/audit?limit=1000").key(server.keys.get(Role.OPERATOR)).send();
    String target = "key " + about.get("id").asLong() + " " + about.get("prefix").asString();
    assertThat(audit.body())
        .contains(
            "\"action\":\"POST /api/v1/keys\",\"target\":\""
                + target
                + " reader (grafana)\",\"outcome\":\"done: 201\"",
            "\"action\":\"DELETE /api/v1/keys/{id}\",\"target\":\"" + target,
            "\"who\":\"key " + about.get("prefix").asString() + "\",\"role\":null")
        .doesNotContain(key.substring(14));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|name, role",
        "{\"name\": \"  \", \"role\": \"root\", \"expires\": \"never\"}|name, role, expires",
        "{\"name\": \"a\\u0000b\", \"role\": \"reader\"}|name",
        "{\"name\": \"x\", \"role\": \"READER\"}|role",
        "{\"name\": \"x\", \"role\": \"reader\", \"expires\": \"2020-01-01\"}|expires",
        "{\"name\": \"x\", \"role\": \"reader\", \"expires\": \"+999999999-01-01T00:00:00Z\"}|expires"
      })
  void saysAllThatIsWrongWithANewKey(String body, String parameters) throws Exception {
    Answer answer = server.ask("/api/v1/keys").key(server.keys.get(Role.ADMIN)).post(body).send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(String.join(", ", json(answer).get("errors").findValuesAsString("parameter")))
        .isEqualTo(parameters);
  }

  @Test
  void aKeyThatIsNotThereCannotBeRevoked() throws Exception {
    for (String id : new String[] {"0", "-1", "999999999999", "99999999999999999999", "x"}) {
      Answer answer =
          server.ask("/api/v1/keys/" + id).method("DELETE").key(server.keys.get(Role.ADMIN)).send();
      assertThat(answer.status()).as(id).isIn(400, 404);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
  }

  @Test
  void nobodyIsRefusedBecauseTheDatabaseIsAway() throws Exception {
    String key = server.create(Role.READER, null).text().revealed();
    server.running.database().execute("ALTER TABLE weir.api_key RENAME TO api_key_away");
    Answer answer;
    try {
      answer = server.ask("/api/v1/cubes").key(key).send();
    } finally {
      server.running.database().execute("ALTER TABLE weir.api_key_away RENAME TO api_key");
    }
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.body()).contains("It is not refused, but the database");
    assertThat(server.ask("/api/v1/cubes").key(key).send().status()).isEqualTo(200);
  }

  @Test
  void theAuditLogIsReadInPagesAndNeverChanged() throws Exception {
    server.ask("/api/v1/keys").key(server.keys.get(Role.READER)).send();
    server.ask("/api/v1/keys").key(server.keys.get(Role.READER)).send();
    String operator = server.keys.get(Role.OPERATOR);
    JsonNode first = json(server.ask("/api/v1/audit?limit=1").key(operator).send());
    long next = first.get("next").asLong();
    JsonNode second = json(server.ask("/api/v1/audit?limit=1&before=" + next).key(operator).send());

    assertThat(first.get("entries").get(0).get("outcome").asString())
        .isEqualTo("refused: the role is not enough");
    assertThat(second.get("entries").get(0).get("id").asLong()).isLessThan(next);
    for (String query : new String[] {"limit=0", "limit=1001", "limit=x", "before=0"}) {
      assertThat(server.ask("/api/v1/audit?" + query).key(operator).send().status()).isEqualTo(400);
    }
    for (String change :
        new String[] {
          "UPDATE weir.audit SET who = 'nobody'", "DELETE FROM weir.audit", "TRUNCATE weir.audit"
        }) {
      assertThatThrownBy(() -> server.running.database().execute(change))
          .hasRootCauseMessage(
              "ERROR: the audit log is only added to\n  Hint: To let old entries go, the table's owner can disable the trigger audit_is_kept in the same transaction.\n  Where: PL/pgSQL function weir.keep_audit() line 3 at RAISE");
    }
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.builder().build().readTree(answer.body());
  }
}
