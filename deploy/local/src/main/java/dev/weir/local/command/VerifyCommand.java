package dev.weir.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare archive, ledger and tables with what was noted when they were written.",
    description = {
      "",
      "Reads everything in one snapshot and changes nothing: every archive file against the manifest,"
          + " the ledger and the manifest against their journal, the rows of the cubes against their"
          + " digests, and the counters against each other. Every damage is named with its place, here"
          + " and in serving.reconciliation_check.",
      "Then the roll-ups are added up anew from the rows they are made of, and compared; one that"
          + " differs is named here and nowhere else.",
      "Ends with 0 if everything is whole, otherwise with 1; weir repair then mends what can be.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir verify",
      "  weir verify --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private HourRangeOptions hours;
  @Mixin private ReplaceOption replace;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    return data.layersThenRollUps("verify", hours.words(), replace.words());
  }
}
