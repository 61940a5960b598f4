package dev.weir.local.command;

import dev.weir.local.lifecycle.Rewind;
import dev.weir.local.runtime.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir rewind}. */
@Command(
    name = "rewind",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Remove the commits after a commit, with their rows and files.",
    description = {
      "",
      "Stops the speed layer without a savepoint and makes COMMIT the head of the commit log again:"
          + " later commits, their speed rows and their archive files are removed, and event hours"
          + " that had absorbed one of them are served as of COMMIT. It is the way out when the job"
          + " has to go on from an older checkpoint.",
      "The next weir up continues from COMMIT's checkpoint and reads the records after it again."
          + " Only the last three checkpoints are kept, and the last savepoints: where COMMIT's is"
          + " gone, rewind says so first, and weir up --take-over continues from COMMIT's Kafka"
          + " offsets.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir sql \"SELECT commit, checkpoint, committed_at FROM weir.ledger ORDER BY 1 DESC LIMIT 9\"",
      "  weir rewind 41 && weir up",
      "  weir rewind 0        everything is read again from the beginning of the topics"
    })
public final class RewindCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "COMMIT",
      converter = CommitNumber.class,
      description = "The commit that becomes the head; 0 for the empty log.")
  private long commit;

  @Mixin private ReplaceOption replace;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    Progress progress = Progress.onStandardError();
    Rewind rewind = new Rewind(data.existing(), data.batchLayer(), progress);
    return rewind.to(commit, replace.words()) ? 0 : 1;
  }
}
