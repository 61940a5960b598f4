package dev.weir.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from the command line. */
class KeyCommandITCase {
  private static TestDatabase database;

  private String out;
  private String err;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void makesListsAndRevokesAKey() {
    assertThat(run("create", "--name", "grafana", "--role", "reader", "--expires", "90d")).isZero();
    assertThat(out).matches("weir_[a-z0-9]{8}_[A-Za-z0-9_-]{43}\\R");
    assertThat(err).contains("for grafana, reader, until 20").doesNotContain(out.strip());
    String key = out.strip();
    assertThat(
            database.query("SELECT id FROM weir.api_key WHERE hash = sha256('" + key + "'::bytea)"))
        .isEqualTo("1");

    assertThat(run("list")).isZero();
    assertThat(out).contains("usable", key.substring(5, 13), "grafana").doesNotContain(key);

    assertThat(run("revoke", "--id", "1")).isZero();
    assertThat(run("list")).isZero();
    assertThat(out).contains("revoked");
    assertThat(
            database.query(
                "SELECT string_agg(action || ' ' || target || ' ' || outcome, ', ' ORDER BY id) FROM weir.audit"))
        .isEqualTo(
            "key create key 1 PREFIX reader (grafana) done, key revoke key 1 PREFIX reader (grafana) done"
                .replace("PREFIX", key.substring(5, 13)));
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run("create", "--name", "", "--role", "root", "--expires", "yesterday"))
        .isEqualTo(2);
    assertThat(err)
        .contains(
            "--name must have 1 to 100 printable characters",
            "--role must be reader or operator or admin (it is root)",
            "--expires must be a span such as 90d");
    assertThat(run("create")).isEqualTo(2);
    assertThat(err).contains("--name is missing", "--role is missing");
    assertThat(run("revoke", "--id", "7777")).isEqualTo(1);
    assertThat(err).contains("there is no key with the id 7777; key list shows them");
    assertThat(run("revoke", "--id", "x")).isEqualTo(2);
    assertThat(run("lend")).isEqualTo(2);
    assertThat(err).contains("key create|list|revoke");
    assertThat(out).isEmpty();
  }

  @Test
  void saysThatTheDatabaseHasNoKeys() {
    try (TestDatabase empty = TestDatabase.empty()) {
      assertThat(run(empty.jdbcUrl(), "list")).isEqualTo(1);
      assertThat(err).contains("has serve or migrate been run?");
      assertThat(out).isEmpty();
    }
  }

  /** A process of its own, because a process has one log. */
  @Test
  void aNewKeyIsAllThatStandsInTheOutput(@TempDir Path folder) throws Exception {
    Path printed = folder.resolve("out");
    Path said = folder.resolve("err");
    try (TestDatabase without = TestDatabase.migrated()) {
      without.execute("ALTER TABLE weir.audit RENAME TO audit_away");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  WeirServing.class.getName(),
                  "key",
                  "create",
                  "--name=grafana",
                  "--role=reader",
                  "--database.url=" + without.jdbcUrl(),
                  "--database.user=" + without.user())
              .redirectOutput(printed.toFile())
              .redirectError(said.toFile())
              .start();
      assertThat(process.waitFor()).isZero();
    }
    assertThat(Files.readString(printed)).matches("weir_[a-z0-9]{8}_[A-Za-z0-9_-]{43}\\R");
    assertThat(Files.readString(said)).contains("Not in the audit log", "key create");
  }

  @Test
  void saysThatTheUrlCannotBeReadWithoutRepeatingIt() {
    assertThat(run("jdbc:postgresql://db?password=geheim", "list")).isEqualTo(2);
    assertThat(err).contains("--database.url cannot be read").doesNotContain("geheim");
    assertThat(out).isEmpty();
  }

  private int run(String... words) {
    return words[0].startsWith("jdbc:")
        ? on(words[0], List.of(words).subList(1, words.length))
        : on(database.jdbcUrl(), List.of(words));
  }

  private int on(String url, List<String> words) {
    List<String> arguments = new ArrayList<>(List.of("key"));
    arguments.addAll(words);
    arguments.add("--database.url=" + url);
    arguments.add("--database.user=" + database.user());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        KeyCommand.run(
            arguments,
            Map.of(),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            new PrintStream(said, true, StandardCharsets.UTF_8));
    out = printed.toString(StandardCharsets.UTF_8);
    err = said.toString(StandardCharsets.UTF_8);
    return code;
  }
}
