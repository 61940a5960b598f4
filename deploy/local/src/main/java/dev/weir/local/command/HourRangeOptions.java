package dev.weir.local.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that name a range of event hours: both or none. */
final class HourRangeOptions {
  /** Null if none was named. */
  @ArgGroup(exclusive = false)
  private Range range;

  private static final class Range {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "T",
        description = "Only the event hours from T on (ISO-8601, UTC, a full hour).")
    private String from;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "T",
        description = "The end of that range, exclusive.")
    private String to;
  }

  /** For the job's command line, to be added to; empty if no range was named. */
  List<String> words() {
    return range == null
        ? new ArrayList<>()
        : new ArrayList<>(List.of("--from", range.from, "--to", range.to));
  }
}
