package dev.weir.local.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Serve the version before the published one again.",
    description = {
      "",
      "Without --from and --to: the event hours of the last published run. The abandoned version is"
          + " removed, what has been committed since is shown on top of the earlier one, and the next"
          + " weir batch recomputes these hours. Event hours that were published for the first time"
          + " are named; they show what the speed layer counted again.",
      "",
      "An event hour stays as it is, and the command ends with 1, if it is sealed, or if neither an"
          + " earlier version nor all its speed rows are kept: it is named, with the reason. The"
          + " others are rolled back all the same.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir rollback",
      "  weir rollback --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z"
    })
public final class RollbackCommand implements Callable<Integer> {
  @Mixin private HourRangeOptions hours;
  @Mixin private ReplaceOption replace;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    List<String> options = hours.words();
    options.addAll(replace.words());
    return data.batchLayer().inForeground("rollback", options);
  }
}
