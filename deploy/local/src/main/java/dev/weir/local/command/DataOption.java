package dev.weir.local.command;

import dev.weir.local.lifecycle.PipelineInEffect;
import dev.weir.local.part.BatchRun;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command but the demo has. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataDirectory.USUAL,
      description = "Folder of state, logs, addresses (default: ${DEFAULT-VALUE}).")
  private Path folder;

  boolean isMissing() {
    return Files.notExists(folder);
  }

  DataDirectory forStart() {
    return DataDirectory.forStart(folder);
  }

  DataDirectory existing() {
    return DataDirectory.existing(folder);
  }

  /** The batch layer's job over this folder's pipeline. */
  BatchRun batchLayer() {
    DataDirectory directory = existing();
    new PartRunner(directory).requireRunning(LocalParts.POSTGRES, "PostgreSQL");
    return new BatchRun(directory, Installation.ofThisProcess(), PipelineInEffect.of(directory));
  }
}
