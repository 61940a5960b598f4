package dev.weir.local.command;

import dev.weir.local.runtime.LocalRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a range of event hours. */
final class HourRangeOptions {
  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Only the event hours from T on (ISO-8601, UTC, a full hour).")
  private Optional<String> from;

  @Option(names = "--to", paramLabel = "T", description = "The end of that range, exclusive.")
  private Optional<String> to;

  /** For the job's command line; empty if no range was named. */
  List<String> words() {
    if (from.isPresent() != to.isPresent()) {
      throw new LocalRuntimeException("Give --from and --to together, or none of them.");
    }
    List<String> words = new ArrayList<>();
    from.ifPresent(t -> words.addAll(List.of("--from", t)));
    to.ifPresent(t -> words.addAll(List.of("--to", t)));
    return words;
  }
}
