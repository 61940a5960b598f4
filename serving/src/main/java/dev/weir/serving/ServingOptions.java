package dev.weir.serving;

import dev.weir.serving.cache.CacheOptions;
import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import dev.weir.serving.report.ReportOptions;
import dev.weir.serving.rollup.RollUpOptions;
import dev.weir.serving.security.SecurityOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the serving application is told when it starts. Each part of it knows its own options.
 *
 * @param command what to do
 * @param pipeline the declaration's file
 * @param database where the database is
 * @param rollUps how often roll-ups are brought up to date
 * @param cache where answers are kept
 * @param security where the server listens and what it asks of callers
 * @param reports which reports are made
 * @param port of the HTTP server; 0 for any free one
 */
public record ServingOptions(
    Command command,
    Path pipeline,
    DatabaseOptions database,
    RollUpOptions rollUps,
    CacheOptions cache,
    SecurityOptions security,
    ReportOptions reports,
    int port) {

  /** What the application does. */
  public enum Command {
    /** Brings the database up to date and ends. */
    MIGRATE,
    /** The same, then answers requests. */
    SERVE
  }

  private static final List<Option> OWN =
      List.of(
          new Option("pipeline", "file", null, "the pipeline's declaration"),
          new Option(
              "server.port", "0 to 65535", "8080", "port of the HTTP server; 0 for any free one"));

  /** Every option, in the order they are explained. */
  public static final List<Option> OPTIONS =
      Stream.of(
              OWN,
              DatabaseOptions.OPTIONS,
              RollUpOptions.OPTIONS,
              CacheOptions.OPTIONS,
              SecurityOptions.OPTIONS,
              ReportOptions.OPTIONS)
          .flatMap(List::stream)
          .toList();

  /**
   * Reads the command line: a command, then {@code --key value} or {@code --key=value}.
   *
   * @throws IllegalArgumentException listing everything that is wrong
   */
  public static ServingOptions parse(List<String> arguments, Map<String, String> environment) {
    List<String> errors = new ArrayList<>();
    Command command = command(arguments, errors);
    GivenOptions given =
        new GivenOptions(
            OPTIONS,
            arguments.subList(Math.min(1, arguments.size()), arguments.size()),
            environment,
            errors);
    ServingOptions options =
        new ServingOptions(
            command,
            Path.of(given.text("pipeline")),
            DatabaseOptions.read(given),
            RollUpOptions.read(given),
            CacheOptions.read(given),
            SecurityOptions.read(given),
            ReportOptions.read(given),
            given.number("server.port", 0, 65535));
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", errors));
    }
    return options;
  }

  private static Command command(List<String> arguments, List<String> errors) {
    String word = arguments.isEmpty() ? "" : arguments.get(0);
    return switch (word) {
      case "migrate" -> Command.MIGRATE;
      case "serve" -> Command.SERVE;
      default -> {
        errors.add(
            "the first word must be serve, migrate, key or roll-ups"
                + (word.isEmpty() ? "" : ", not " + word));
        yield Command.SERVE;
      }
    };
  }

  /** How to use the application, for a person to read. */
  public static String usage() {
    StringBuilder text = new StringBuilder();
    text.append("java -jar weir-serving.jar serve|migrate --key value ...\n");
    text.append("java -jar weir-serving.jar key create|list|revoke --key value ...\n");
    text.append("java -jar weir-serving.jar roll-ups verify|repair --key value ...\n\n");
    text.append("  serve     brings the database up to date, then answers requests\n");
    text.append("  migrate   brings the database up to date: tables, functions, merged views\n");
    text.append("  key       makes, lists or revokes API keys; key --help explains it\n");
    text.append(
        "  roll-ups  compares the roll-ups with what they are made of; roll-ups --help\n\n");
    for (Option option : OPTIONS) {
      text.append(option.explained());
    }
    return text.toString();
  }
}
