package dev.weir.local.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineInEffectTest {
  @TempDir Path folder;

  @Test
  void refusesASourceWhoseDirectoryIsNotThere() throws IOException {
    Path logs = folder.resolve("the logs");
    Pipeline pipeline = watching(logs);

    assertThatThrownBy(() -> PipelineInEffect.refuseMissingDirectories(pipeline))
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessage(
            "The directory of source logs, "
                + logs.toUri()
                + ", does not exist. Create it, or correct the pipeline.");

    Files.createDirectory(logs);
    assertThatCode(() -> PipelineInEffect.refuseMissingDirectories(pipeline))
        .doesNotThrowAnyException();
  }

  @Test
  void isTheSampleAsLongAsNobodyNamesOne() {
    PipelineInEffect pipeline =
        PipelineInEffect.of(
            DataDirectory.create(folder), Installation.ofThisProcess(), Optional.empty());

    assertThat(pipeline.read().name()).isEqualTo("web");
    assertThat(pipeline.read().sources()).hasSize(2);
  }

  /** Weir would be ended for it, and then it is refused. */
  @Test
  void refusesAChangeThatCannotBeMadeForItsOwnMistakes() throws IOException {
    DataDirectory data = DataDirectory.create(folder.resolve("data"));
    of(data, Installation.ofThisProcess().samplePipeline()).apply();
    Path changed = folder.resolve("changed.yaml");
    String sample = Files.readString(data.pipeline());

    Files.writeString(changed, sample + "\n# changed\n");
    assertThatThrownBy(() -> of(data, changed).refuseChange(data))
        .hasMessageStartingWith("Weir is running with another version of the pipeline.");
    Files.writeString(changed, sample.replace("cubes:", "cubs:"));
    assertThatThrownBy(() -> of(data, changed).refuseChange(data))
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessageContaining("cubs");
    Files.writeString(changed, declaration(folder.resolve("nowhere")));
    assertThatThrownBy(() -> of(data, changed).refuseChange(data))
        .hasMessageStartingWith("The directory of source logs, ");
    assertThatThrownBy(() -> of(data, folder))
        .hasMessage(
            folder.toAbsolutePath() + " is a folder; name a pipeline file with --pipeline.");
  }

  private static PipelineInEffect of(DataDirectory data, Path file) {
    return PipelineInEffect.of(data, Installation.ofThisProcess(), Optional.of(file));
  }

  private static Pipeline watching(Path logs) {
    return PipelineReader.read(declaration(logs));
  }

  private static String declaration(Path logs) {
    return """
        pipeline: logs
        sources:
          - {name: logs, directory: "%s", format: access-log, fields: {route: path}}
        event:
          time: timestamp
          dimensions: [route]
        cubes:
          - {name: routes, dimensions: [route], measures: [count]}
        commit: 10s
        live: 100ms
        """
        .formatted(logs.toUri());
  }
}
