package dev.weir.local.command;

import dev.weir.local.status.StatusPrinter;
import dev.weir.local.status.StatusReader;
import dev.weir.local.status.StatusReport;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "What runs, how fresh it is, and whether every record is accounted for.",
    description = {
      "",
      "Shows the parts, the job and its checkpoints, the commit log and how far the batch layer has"
          + " come, and for each source: in = counted + duplicate + dead-lettered + filtered.",
      "Ends with 0 if all is well, otherwise with 1 and what is wrong.",
      ""
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    StatusReport report = new StatusReader(data.existing(), Clock.systemUTC()).read();
    new StatusPrinter(System.out).print(report);
    return report.problems().isEmpty() ? 0 : 1;
  }
}
