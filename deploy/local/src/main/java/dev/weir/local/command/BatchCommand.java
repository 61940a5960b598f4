package dev.weir.local.command;

import dev.weir.local.lifecycle.PipelineInEffect;
import dev.weir.local.part.BatchRun;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      "  weir batch --all     every event hour"
    })
public final class BatchCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Recompute the event hours from T on, changed or not (ISO-8601, UTC).")
  private Optional<String> from;

  @Option(names = "--to", paramLabel = "T", description = "The end of that range, exclusive.")
  private Optional<String> to;

  @Option(names = "--all", description = "Recompute every event hour.")
  private boolean all;

  @Mixin private DataOption data;

  @Override
  public Integer call() {
    if (from.isPresent() != to.isPresent() || (all && from.isPresent())) {
      throw new LocalRuntimeException("Give --from and --to together, or --all, or none of them.");
    }
    List<String> range = new ArrayList<>();
    from.ifPresent(t -> range.addAll(List.of("--from", t)));
    to.ifPresent(t -> range.addAll(List.of("--to", t)));
    if (all) {
      range.add("--all");
    }
    DataDirectory directory = data.existing();
    return new BatchRun(directory, Installation.ofThisProcess(), PipelineInEffect.of(directory))
        .inForeground(range);
  }
}
