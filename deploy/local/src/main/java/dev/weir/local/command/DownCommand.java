package dev.weir.local.command;

import dev.weir.local.lifecycle.LocalRuntime;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Stop the job with a savepoint and end every part.",
    description = {
      "",
      "Nothing is lost: the next weir up in the same DIR continues with the same totals.",
      ""
    })
public final class DownCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    DataDirectory directory = data.existing();
    Progress progress = Progress.onStandardError();
    boolean ran = new LocalRuntime(directory, Installation.ofThisProcess(), progress).down();
    progress.erase();
    System.out.println(
        (ran ? "Weir has stopped in " : "Weir was not running in ") + directory.root() + ".");
    return 0;
  }
}
