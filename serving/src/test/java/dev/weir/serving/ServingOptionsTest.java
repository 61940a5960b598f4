package dev.weir.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.serving.ServingOptions.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingOptionsTest {
  private static final List<String> COMPLETE =
      List.of(
          "serve",
          "--pipeline",
          "p.yaml",
          "--database.url=jdbc:postgresql://localhost/weir",
          "--database.user",
          "weir");

  @Test
  void readsKeysWithAndWithoutEqualsSign() {
    ServingOptions options =
        ServingOptions.parse(COMPLETE, Map.of("WEIR_DATABASE_PASSWORD", "secret"));

    assertThat(options.command()).isEqualTo(Command.SERVE);
    assertThat(options.pipeline()).isEqualTo(Path.of("p.yaml"));
    assertThat(options.database().url()).isEqualTo("jdbc:postgresql://localhost/weir");
    assertThat(options.database().password()).isEqualTo("secret");
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.toString()).doesNotContain("secret");
  }

  @Test
  void readsThePasswordFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "from file\n");
    List<String> arguments = new ArrayList<>(COMPLETE);
    arguments.addAll(List.of("--database.password-file", file.toString()));

    assertThat(ServingOptions.parse(arguments, Map.of()).database().password())
        .isEqualTo("from file");
  }

  @Test
  void listsEverythingThatIsWrong() {
    List<String> arguments =
        List.of("go", "--database.url", "mysql://x", "--port", "1", "--server.port", "70000");

    assertThatThrownBy(() -> ServingOptions.parse(arguments, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "the first word must be serve, migrate, key or roll-ups, not go",
            "--port is not an option; the options are --pipeline, --server.port, --database.url",
            "--pipeline is missing: the pipeline's declaration",
            "--database.user is missing",
            "--database.url must start with jdbc:postgresql:",
            "--server.port must be a number from 0 to 65535 (it is 70000)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db?password=geheim",
        "jdbc:postgresql://db/weir?password=%geheim",
        "jdbc:postgresql://weir:geheim@db/weir",
        "jdbc:postgresql://db/a/geheim"
      })
  void neverRepeatsAUrlThatCannotBeRead(String url) {
    List<String> arguments = new ArrayList<>(COMPLETE);
    arguments.set(3, "--database.url=" + url);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Logger root = Logger.getLogger("");
    Handler capture = new StreamHandler(log, new SimpleFormatter());
    root.addHandler(capture);
    try {
      assertThatThrownBy(() -> ServingOptions.parse(arguments, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "--database.url cannot be read: write jdbc:postgresql://host:port/database")
          .hasMessageNotContaining("geheim")
          .hasNoCause();
    } finally {
      root.removeHandler(capture);
      capture.close();
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("geheim");
  }

  @Test
  void showsNoPasswordOfAUrl() {
    List<String> arguments = new ArrayList<>(COMPLETE);
    arguments.set(3, "--database.url=jdbc:postgresql://db/weir?password=geheim");

    assertThat(ServingOptions.parse(arguments, Map.of()).toString())
        .contains("jdbc:postgresql://db/weir?...")
        .doesNotContain("geheim");
  }

  @Test
  void explainsEveryOption() {
    ServingOptions.OPTIONS.forEach(
        option -> assertThat(ServingOptions.usage()).contains("--" + option.key()));
  }
}
