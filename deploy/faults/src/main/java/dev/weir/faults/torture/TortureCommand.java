package dev.weir.faults.torture;

import dev.weir.local.runtime.FolderTree;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir torture}. */
@Command(
    name = "weir torture",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Kill, cut off and starve the real parts while a stream flows; compare every number.",
    description = {
      "",
      "Starts a runtime of its own on free ports, produces a seeded stream with late events,"
          + " duplicates and malformed lines, and strikes one fault after the other: SIGKILL of"
          + " TaskManager, JobManager, PostgreSQL, Kafka and the Spark driver at random moments and"
          + " at each step of the commit protocol, outages, a full disk, checkpoints that time out,"
          + " rescaling. A reader polls all the time; everything is compared with a naive oracle"
          + " again and again, and at the end.",
      "",
      "Exit code 0: no difference. Otherwise the folder is kept for a look at it.",
      ""
    },
    footer = {"", "Example:", "  weir torture --for 30m --seed 42"})
public final class TortureCommand implements Callable<Integer> {
  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "30m",
      description =
          "How long faults strike, such as 5m or 2h, and until each kind has struck; by default"
              + " ${DEFAULT-VALUE}.")
  private String length;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the stream, the faults and their order; by default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "An empty folder to work in, which is kept. Without it: a temporary one.")
  private Optional<Path> data;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new TortureCommand())
            .setUsageHelpAutoWidth(true)
            .setExecutionExceptionHandler(TortureCommand::explain)
            .execute(arguments));
  }

  private static int explain(
      Exception exception, CommandLine command, CommandLine.ParseResult result) {
    if (exception instanceof LocalRuntimeException) {
      command.getErr().println("weir: " + exception.getMessage());
    } else if (wasInterrupted(exception)) {
      command.getErr().println("weir: Interrupted.");
    } else {
      exception.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Kafka's clients wrap it. */
  private static boolean wasInterrupted(Throwable exception) {
    return exception instanceof InterruptedException
        || (exception.getCause() != null && wasInterrupted(exception.getCause()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TortureSettings settings = TortureSettings.of(duration(length), seed);
    Path folder = data.isPresent() ? data.get() : Files.createTempDirectory("weir-torture");
    if (!isEmpty(folder)) {
      throw new LocalRuntimeException(folder + " is not empty. Name another folder with --data.");
    }
    boolean exact = Torture.run(folder, settings, System.out);
    if (exact && data.isEmpty()) {
      FolderTree.delete(folder);
    } else if (!exact) {
      System.out.println(
          "Everything is left as it was in " + folder + "; repeat with --seed " + seed + ".");
    }
    return exact ? 0 : 1;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** A number followed by s, m or h. */
  static Duration duration(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!word.matches("[1-9][0-9]{0,5}[smh]")) {
      throw new LocalRuntimeException("--for " + text + " is no time: write 90s, 30m or 2h.");
    }
    return Duration.parse("PT" + word.toUpperCase(Locale.ROOT));
  }
}
