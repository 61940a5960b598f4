package dev.weir.local.command;

import java.util.List;
import picocli.CommandLine.Option;

/** The option that ends another run of the batch layer. */
final class ReplaceOption {
  @Option(
      names = "--replace",
      description =
          "If another run is at work and hangs: end its database session, discard its rows and"
              + " take its place. If it wakes up, it can change nothing.")
  private boolean replace;

  /** For the job's command line. */
  List<String> words() {
    return replace ? List.of("--replace") : List.of();
  }
}
