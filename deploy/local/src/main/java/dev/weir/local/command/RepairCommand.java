package dev.weir.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir repair}. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Verify, and mend what is damaged.",
    description = {
      "",
      "Restores rows of the ledger and the manifest from their journal, and recomputes exactly the"
          + " event hours that are damaged; no row of another hour is written. An hour whose archived"
          + " events are gone cannot be recomputed: it is sealed, keeps the numbers it serves if they"
          + " are whole, and late events still reach it.",
      "Then roll-ups that are not the sums of the layers' rows are taken back, where these are whole;"
          + " the serving application adds them up anew, and until then the rows are served.",
      "Ends with 0 if everything is whole afterwards, otherwise with 1 and what is lost.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir repair",
      "  weir repair --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z"
    })
public final class RepairCommand implements Callable<Integer> {
  @Mixin private HourRangeOptions hours;
  @Mixin private ReplaceOption replace;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    return data.layersThenRollUps("repair", hours.words(), replace.words());
  }
}
