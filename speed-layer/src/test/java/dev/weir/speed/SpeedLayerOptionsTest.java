package dev.weir.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedLayerOptionsTest {
  @TempDir private Path folder;
  private Path pipeline;

  @BeforeEach
  void writePipeline() throws IOException {
    pipeline = Files.writeString(folder.resolve("pipeline.yaml"), "pipeline: web\n");
  }

  @Test
  void readsEveryOptionInBothForms() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "geheim\n");
    Path kafka = Files.writeString(folder.resolve("kafka.properties"), "fetch.min.bytes=7\n");
    SpeedLayerOptions options =
        SpeedLayerOptions.parse(
            new String[] {
              "--pipeline",
              pipeline.toString(),
              "--kafka.bootstrap.servers=a:1,b:2",
              "--kafka.properties",
              kafka.toString(),
              "--database.url",
              "jdbc:postgresql://db/weir",
              "--database.user=reader",
              "--database.password-file",
              password.toString(),
              "--archive",
              "s3://bucket/archive",
              "--checkpoints=file:///checkpoints",
              "--take-over",
              "--skip-lost-records"
            },
            Map.of(OptionsReader.PASSWORD_VARIABLE, "another"));
    assertThat(options.pipeline()).isEqualTo(pipeline);
    assertThat(options.kafka())
        .containsOnly(Map.entry("bootstrap.servers", "a:1,b:2"), Map.entry("fetch.min.bytes", "7"));
    assertThat(options.databaseUrl()).isEqualTo("jdbc:postgresql://db/weir");
    assertThat(options.databaseUser()).isEqualTo("reader");
    assertThat(options.databasePassword()).isEqualTo("geheim");
    assertThat(options.archive()).contains(URI.create("s3://bucket/archive"));
    assertThat(options.checkpoints()).contains(URI.create("file:///checkpoints"));
    assertThat(options.takeOver()).isTrue();
    assertThat(options.skipLostRecords()).isTrue();
  }

  @Test
  void mostOptionsHaveADefault() {
    SpeedLayerOptions options =
        SpeedLayerOptions.parse(
            new String[] {
              "--pipeline", pipeline.toString(), "--database.url", "jdbc:postgresql://db/weir"
            },
            Map.of(OptionsReader.PASSWORD_VARIABLE, "from the environment"));
    assertThat(options.databaseUser()).isEqualTo("weir");
    assertThat(options.databasePassword()).isEqualTo("from the environment");
    assertThat(options.archive()).isEmpty();
    assertThat(options.checkpoints()).isEmpty();
    assertThat(options.takeOver()).isFalse();
    assertThat(options.skipLostRecords()).isFalse();
  }

  @Test
  void namesEveryMistakeAtOnce() {
    assertThatThrownBy(
            () ->
                SpeedLayerOptions.parse(
                    new String[] {
                      "stray",
                      "--pipline",
                      "x.yaml",
                      "--database.url",
                      "jdbc:mysql://db",
                      "--archive",
                      "relative/path",
                      "--checkpoints",
                      "--take-over",
                      "--take-over",
                      "--kafka.properties",
                      "/nowhere"
                    },
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 8 errors")
        .hasMessageContaining("stray: every option starts with --")
        .hasMessageContaining("--pipline: there is no such option")
        .hasMessageContaining("--pipeline FILE is missing")
        .hasMessageContaining("--database.url jdbc:mysql://db is not PostgreSQL's")
        .hasMessageContaining("--archive relative/path has no scheme")
        .hasMessageContaining("--checkpoints needs a value: URI")
        .hasMessageContaining("--take-over is given twice")
        .hasMessageContaining("--kafka.properties /nowhere could not be read");
  }

  @Test
  void theHelpExplainsEveryOption() {
    for (SpeedLayerOptions.Option option : SpeedLayerOptions.Option.values()) {
      assertThat(SpeedLayerOptions.help())
          .contains("--" + option.key() + (option.type().isEmpty() ? "" : " " + option.type()))
          .contains(option.description());
    }
  }

  @Test
  void doesNotShowThePassword() {
    SpeedLayerOptions options =
        SpeedLayerOptions.parse(
            new String[] {
              "--pipeline", pipeline.toString(), "--database.url", "jdbc:postgresql://db/weir"
            },
            Map.of(OptionsReader.PASSWORD_VARIABLE, "geheim"));
    assertThat(options.toString()).doesNotContain("geheim");
  }

  @Test
  void doesNotRepeatAPasswordInTheUrl() {
    assertThatThrownBy(
            () ->
                SpeedLayerOptions.parse(
                    new String[] {
                      "--pipeline",
                      pipeline.toString(),
                      "--database.url",
                      "postgres://weir:geheim@db/weir"
                    },
                    Map.of()))
        .hasMessageContaining("--database.url holds a password")
        .hasMessageNotContaining("geheim");
  }
}
