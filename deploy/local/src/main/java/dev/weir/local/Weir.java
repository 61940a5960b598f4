package dev.weir.local;

import dev.weir.local.command.BatchCommand;
import dev.weir.local.command.DemoCommand;
import dev.weir.local.command.DownCommand;
import dev.weir.local.command.KeyCommand;
import dev.weir.local.command.ProduceCommand;
import dev.weir.local.command.RepairCommand;
import dev.weir.local.command.RewindCommand;
import dev.weir.local.command.RollbackCommand;
import dev.weir.local.command.SqlCommand;
import dev.weir.local.command.StatusCommand;
import dev.weir.local.command.UpCommand;
import dev.weir.local.command.VerifyCommand;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.NearestName;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code weir} command. Exit codes: 0 done, 1 not done or something is wrong, 2 wrong use. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0",
    sortOptions = false,
    header = "Exact minute metrics from an event stream, on one machine.",
    description = {
      "",
      "Events go in through Kafka; a Flink job commits their minute metrics to PostgreSQL and the"
          + " events to a Parquet archive; a Spark job recomputes from the archive what has changed;"
          + " one merged view serves both, live and exact.",
      ""
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ProduceCommand.class,
      BatchCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      RollbackCommand.class,
      RewindCommand.class,
      SqlCommand.class,
      StatusCommand.class,
      KeyCommand.class,
      DownCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  weir demo                          see everything at work; Ctrl-C ends it",
      "  weir up --pipeline my.yaml         start your own pipeline in ./.weir",
      "  weir produce clicks events.json.gz",
      "  weir sql \"SELECT * FROM serving.traffic_hour ORDER BY bucket DESC LIMIT 5\"",
      "  weir batch && weir verify",
      "  weir status && weir down",
      "",
      "Also: weir test runs the whole test suite, weir torture harms the parts and checks the numbers.",
      "Every command but demo takes --data DIR: where its state is, by default .weir.",
      "weir COMMAND --help explains a command."
    })
public final class Weir implements Runnable {
  /** Commands that the script runs by itself. */
  private static final Set<String> OF_THE_SCRIPT = Set.of("test", "torture");

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line as {@code main} runs it; tests too. */
  public static CommandLine commandLine() {
    return new CommandLine(new Weir())
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Weir::refuse)
        .setExecutionExceptionHandler(Weir::explain);
  }

  private static int refuse(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    PrintWriter errors = command.getErr();
    errors.println("weir: " + exception.getMessage().replaceFirst("^Error: ", ""));
    if (exception instanceof UnmatchedArgumentException unmatched) {
      meant(unmatched.getUnmatched().get(0), command.getCommandSpec())
          .ifPresent(name -> errors.println("Did you mean " + name + "?"));
    }
    errors.println(command.getCommandSpec().qualifiedName() + " --help tells how it is used.");
    return CommandLine.ExitCode.USAGE;
  }

  /** Of a word as short as an option's letter, any other letter would be as near. */
  private static Optional<String> meant(String written, CommandSpec command) {
    String word = written.replaceFirst("=.*", "");
    Set<String> known = new TreeSet<>(command.optionsMap().keySet());
    known.addAll(command.subcommands().keySet());
    if (command.parent() == null) {
      known.addAll(OF_THE_SCRIPT);
    }
    return word.length() < 3 ? Optional.empty() : NearestName.of(word, known);
  }

  private static int explain(
      Exception exception, CommandLine command, CommandLine.ParseResult result) {
    if (exception instanceof LocalRuntimeException) {
      command.getErr().println("weir: " + exception.getMessage());
    } else {
      command.getErr().println("weir: this should not happen; please report it.");
      exception.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
