package dev.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.Weir;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WeirTest {
  @TempDir Path folder;

  private final StringWriter errors = new StringWriter();
  private final StringWriter output = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "produce",
        "batch",
        "verify",
        "repair",
        "rollback",
        "rewind",
        "sql",
        "status",
        "key",
        "key create",
        "key list",
        "key revoke",
        "down"
      })
  void everyCommandHasHelp(String command) {
    assertThat(run((command + " --help").split(" ", -1))).isZero();
    assertThat(output.toString()).contains("Usage: weir " + command).doesNotContain("%%");
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void helpIsACommandToo() {
    assertThat(run("help", "batch")).isZero();
    assertThat(output.toString()).contains("Usage: weir batch");
  }

  @Test
  void saysWhichOptionIsMissing() {
    assertThat(run("verify", "--from", "2026-01-01T00:00:00Z")).isEqualTo(2);
    assertThat(errors.toString()).startsWith("weir: Missing required argument(s): --to=T");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-4", "0", "NaN", "Infinity", "fast"})
  void refusesARateAtWhichNothingIsSent(String rate) {
    String refusal = "'" + rate + "' is not a number above 0";
    assertThat(run("demo", "--rate", rate)).isEqualTo(2);
    assertThat(errors.toString()).containsOnlyOnce(refusal);
    assertThat(run("produce", "clicks", "-", "--rate", rate)).isEqualTo(2);
    assertThat(errors.toString().split(refusal, -1)).hasSize(3);
  }

  @Test
  void takesARate() {
    Path nowhere = folder.resolve("nowhere");
    assertThat(run("produce", "clicks", "-", "--rate", "0.5", "--data", nowhere.toString()))
        .isEqualTo(1);
    assertThat(errors.toString()).startsWith("weir: There is no Weir in " + nowhere + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "down", "batch", "verify", "repair", "rollback", "sql"})
  void saysThatNothingWasStarted(String command) {
    Path nowhere = folder.resolve("nowhere");
    assertThat(run(command, "--data", nowhere.toString())).isEqualTo(1);
    assertThat(errors.toString())
        .startsWith("weir: There is no Weir in " + nowhere + ".")
        .contains("weir up --data")
        .doesNotContain("\tat ");
  }

  @Test
  void doesNotStartBesideSomebodysFiles() throws IOException {
    for (String name : List.of("letter.txt", "b", "c", "d")) {
      Files.createFile(folder.resolve(name));
    }

    assertThat(run("up", "--data", folder.toString())).isEqualTo(1);
    assertThat(errors.toString())
        .startsWith(
            "weir: There is something else in "
                + folder
                + " (b, c, d, ...). Name an empty or a new folder with --data.");
    assertThat(folder).isDirectoryNotContaining("glob:**/run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "verify", "repair", "rollback"})
  void refusesHalfARange(String command) {
    assertThat(run(command, "--from", "2026-01-01T00:00:00Z")).isEqualTo(2);
    assertThat(errors.toString()).contains("Missing required argument(s): --to=T");
    assertThat(run(command, "--help")).isZero();
    assertThat(output.toString()).contains("[--from=T --to=T]");
  }

  @Test
  void refusesARangeOfEverything() {
    assertThat(
            run("batch", "--all", "--from", "2026-01-01T00:00:00Z", "--to", "2026-01-02T00:00:00Z"))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("--all and --from ... --to ... exclude each other");
  }

  @Test
  void aRewindNamesItsCommit() {
    assertThat(run("rewind")).isEqualTo(2);
    assertThat(errors.toString()).contains("Missing required parameter: 'COMMIT'");
  }

  @Test
  void aRewindRefusesWhatIsNoCommit() {
    assertThat(run("rewind", "last")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("'last' is not the number of a commit; weir status tells the last one's");
    assertThat(run("rewind", "--", "-1")).isEqualTo(2);
    assertThat(errors.toString()).contains("'-1' is not the number of a commit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"90", "-1s", "0s", "1 day", "s"})
  void refusesATimeWithoutItsUnit(String time) {
    assertThat(run("demo", "--for", time)).isEqualTo(2);
    assertThat(errors.toString()).contains("write it as 90s, 5m or 1h");
  }

  @Test
  void refusesAnUnknownOption() {
    assertThat(run("up", "--pipline", "x.yaml")).isEqualTo(2);
    assertThat(errors.toString())
        .startsWith("weir: Unknown options: '--pipline', 'x.yaml'\n")
        .contains("\nDid you mean --pipeline?\n")
        .endsWith("weir up --help tells how it is used.\n");
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    assertThat(run("dmeo")).isEqualTo(2);
    assertThat(errors.toString())
        .isEqualTo(
            """
            weir: Unmatched argument at index 0: 'dmeo'
            Did you mean demo?
            weir --help tells how it is used.
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "tortur, Did you mean torture?",
    "up --dta=x, Did you mean --data?",
    "up -p, weir up --help",
    "nothing, weir --help",
  })
  void suggestsOnlyWhatIsNear(String words, String second) {
    assertThat(run(words.split(" ", -1))).isEqualTo(2);
    assertThat(errors.toString().lines().toList().get(1)).startsWith(second);
  }

  private int run(String... arguments) {
    CommandLine command = Weir.commandLine();
    command.setErr(new PrintWriter(errors, true));
    command.setOut(new PrintWriter(output, true));
    return command.execute(arguments);
  }
}
