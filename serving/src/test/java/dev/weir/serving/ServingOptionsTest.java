package dev.weir.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.serving.ServingOptions.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    List<String> arguments = new java.util.ArrayList<>(COMPLETE);
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
            "the first word must be serve, migrate or key, not go",
            "--port is not an option; the options are --pipeline, --server.port, --database.url",
            "--pipeline is missing: the pipeline's declaration",
            "--database.user is missing",
            "--database.url must start with jdbc:postgresql:",
            "--server.port must be a number from 0 to 65535 (it is 70000)");
  }

  @Test
  void explainsEveryOption() {
    ServingOptions.OPTIONS.forEach(
        option -> assertThat(ServingOptions.usage()).contains("--" + option.key()));
  }
}
