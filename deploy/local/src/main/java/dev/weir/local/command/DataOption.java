package dev.weir.local.command;

import dev.weir.local.lifecycle.PipelineInEffect;
import dev.weir.local.part.BatchRun;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.part.ServingRun;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option that every command but the demo has. */
final class DataOption {
  private static final int ROLL_UPS_HEAP_MEGABYTES = 512;

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

  /**
   * Has the batch layer verify or repair the layers, and then the serving application its roll-ups.
   *
   * @param what verify or repair
   * @param hours the words that name a range of event hours
   * @param more options of the batch layer alone
   * @return the exit code: that of the first that is not content
   */
  int layersThenRollUps(String what, List<String> hours, List<String> more) {
    List<String> options = new ArrayList<>(hours);
    options.addAll(more);
    int layers = batchLayer().inForeground(what, options);
    if (layers == CommandLine.ExitCode.USAGE) {
      return layers;
    }
    DataDirectory directory = existing();
    List<String> words = new ArrayList<>(List.of("roll-ups", what));
    words.addAll(List.of("--pipeline", directory.pipeline().toString()));
    words.addAll(hours);
    int rollUps =
        new ServingRun(directory, Installation.ofThisProcess())
            .inForeground(ROLL_UPS_HEAP_MEGABYTES, words);
    return layers == CommandLine.ExitCode.OK ? rollUps : layers;
  }
}
