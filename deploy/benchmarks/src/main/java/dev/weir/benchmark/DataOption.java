package dev.weir.benchmark;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a measurement's parts keep what they have. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "An empty folder for the parts, kept; without it a temporary one, deleted at the end.")
  private Path folder;

  /** The folder that was named. */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }
}
