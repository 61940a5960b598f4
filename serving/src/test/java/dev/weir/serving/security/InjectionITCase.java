package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.api.RunningServer;
import dev.weir.serving.security.Attempt.Answer;
import dev.weir.serving.security.Endpoints.Endpoint;
import dev.weir.serving.security.caller.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody might write in place of a value, in every place where a value can stand. */
@ExtendWith(SecuredServer.Shared.class)
class InjectionITCase {
  private static final List<String> STRINGS =
      List.of(
          "' OR '1'='1?%:limit",
          "1; DROP TABLE weir.ledger; --",
          "'; DROP SCHEMA speed CASCADE; --",
          "\"; DELETE FROM weir.head; --",
          "') UNION SELECT hash::text FROM weir.api_key --",
          "traffic\" WHERE pg_sleep(20) IS NULL --",
          "$$; SELECT pg_sleep(20); $$",
          "/*dimension*/ ${dimension}",
          "\\x27\\",
          "\u0001\u0007",
          "\u0000",
          "\ud83d\ude00\u202e",
          "../../etc/passwd",
          "<script>alert(1)</script>",
          "${jndi:ldap://127.0.0.1/x}",
          "#{T(java.lang.Runtime)}",
          "a\r\nX-Injected: 1",
          "-9223372036854775809",
          "1e309",
          "event_count;weir.dead_letter_sample",
          "a".repeat(2000));

  /** What cube questions read, beyond the parameters that the methods name. */
  private static final List<String> NAMES =
      List.of(
          "from",
          "to",
          "tz",
          "granularity",
          "dimensions",
          "measures",
          "filter.country",
          "exclude.country",
          "absent",
          "order",
          "limit",
          "offset",
          "top",
          "top_by",
          "other",
          "fill",
          "compare",
          "totals",
          "format");

  private static final List<String> HEADERS =
      List.of(
          "If-None-Match",
          "Last-Event-ID",
          "Cookie",
          "User-Agent",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "Accept-Language",
          "Range");

  /** Of an answer's text: what a stack trace, a statement or PostgreSQL's own words have. */
  private static final List<String> INNER =
      List.of(
          "org.postgresql",
          "org.springframework",
          "java.base",
          "dev.weir.serving",
          "\tat ",
          "SQLState",
          "ERROR:",
          "syntax error",
          "FROM weir.",
          "FROM serving.",
          "speed.traffic");

  private static SecuredServer server;

  @BeforeAll
  static void start(SecuredServer shared) {
    server = shared;
  }

  @Test
  void noStringGetsThroughToTheDatabaseOrBreaksAnAnswer() throws Exception {
    List<String> except = List.of("weir.audit", "weir.api_key");
    Map<String, String> before = Tables.content(server.running.database(), except);
    assertThat(before).containsKeys("weir.ledger", "weir.head", "serving.traffic_minute");
    int asked = 0;
    for (Endpoint endpoint : Endpoints.of(server.running.context())) {
      if (!endpoint.method().equals("GET") || endpoint.pattern().equals("/error")) {
        continue;
      }
      for (String string : STRINGS) {
        for (Attempt attempt : attempts(endpoint, string)) {
          assertHarmless(endpoint + " with " + string, string, attempt.send());
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(700);
    assertThat(Tables.content(server.running.database(), except)).isEqualTo(before);
  }

  private static List<Attempt> attempts(Endpoint endpoint, String string) {
    List<Attempt> attempts = new ArrayList<>();
    String path = endpoint.path("traffic");
    String encoded = RunningServer.encoded(string);
    if (endpoint.hasVariable()) {
      attempts.add(ask(endpoint.path(encoded.replace("+", "%20"))));
    }
    TreeSet<String> names = new TreeSet<>(endpoint.parameters());
    names.add("anything");
    if (endpoint.anyParameter()) {
      names.addAll(NAMES);
    }
    for (String name : names) {
      attempts.add(ask(path + "?" + name + "=" + encoded));
    }
    attempts.add(ask(path + "?" + encoded + "=1"));
    attempts.add(ask(path + "?filter." + encoded + "=1"));
    // An event stream takes a place among the viewers until the server notices that nobody reads.
    if (!path.contains("live") && string.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      // Each of these alone can end a request.
      attempts.add(ask(path).with("Accept", string));
      attempts.add(ask(path).with("Origin", string));
      Attempt all = ask(path);
      HEADERS.forEach(header -> all.with(header, string));
      attempts.add(all);
    }
    return attempts;
  }

  private static Attempt ask(String path) {
    return server.ask(path).key(server.keys.get(Role.ADMIN));
  }

  private static void assertHarmless(String what, String string, Answer answer) {
    assertThat(answer.status())
        .as(what + ": " + answer.body())
        .isIn(200, 206, 304, 400, 403, 404, 406, 414, 416);
    assertThat(answer.header("X-Injected")).isEmpty();
    // The API's description names the forms of answers by their classes.
    boolean description = what.startsWith("GET /openapi.json") && answer.status() == 200;
    for (String inner : INNER) {
      if (!string.contains(inner) && !description) {
        assertThat(answer.body()).as(what).doesNotContain(inner);
      }
    }
    if (answer.status() >= 400 && !answer.body().isEmpty()) {
      assertThat(answer.header("Content-Type")).as(what).startsWith("application/problem+json");
    }
  }
}
