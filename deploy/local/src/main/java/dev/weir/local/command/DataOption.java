package dev.weir.local.command;

import dev.weir.local.runtime.DataDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command but the demo has. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".weir",
      description = "Folder of state, logs, addresses (default: ${DEFAULT-VALUE}).")
  private Path folder;

  DataDirectory create() {
    return DataDirectory.create(folder);
  }

  DataDirectory existing() {
    return DataDirectory.existing(folder);
  }
}
