package dev.weir.local.command;

import dev.weir.local.runtime.LocalRuntimeException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir batch}. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Run the batch layer: verify, recompute and publish the event hours that changed.",
    description = {
      "",
      "Submits the batch layer with spark-submit on this machine, shows its progress and ends with"
          + " its exit code. It may be run at any time, and again after it was interrupted.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir batch           the event hours with newly committed events",
      "  weir batch --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z",
      "  weir batch --all     every event hour",
      "  weir batch --replace in place of a run that hangs"
    })
public final class BatchCommand implements Callable<Integer> {
  @Mixin private HourRangeOptions hours;

  @Option(names = "--all", description = "Every event hour, changed or not.")
  private boolean all;

  @Mixin private ReplaceOption replace;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    List<String> options = hours.words();
    if (all) {
      if (!options.isEmpty()) {
        throw new LocalRuntimeException(
            "--all and --from ... --to ... exclude each other: give one of them, or none.");
      }
      options.add("--all");
    }
    options.addAll(replace.words());
    return data.batchLayer().inForeground("run", options);
  }
}
