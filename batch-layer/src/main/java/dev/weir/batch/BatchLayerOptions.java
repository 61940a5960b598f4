package dev.weir.batch;

import dev.weir.batch.db.Database;
import dev.weir.batch.publish.RunKind;
import dev.weir.batch.select.HourRange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The batch layer's command line: a command, {@code run} if none is named, and options.
 *
 * @param command what is to be done
 * @param pipeline the declaration
 * @param archive root of the archive; empty: the one declared
 * @param range hours to recompute whether they changed or not; empty: those that changed
 * @param fromArrivals whether compacted files are ignored and all arrivals read again
 * @param through last commit to absorb; empty: the head
 * @param bucketRows how many rows a task may hold in memory
 * @param acceptDifferences publish hours whose speed rows differ from the archive
 * @param replace whether another run that holds the lock is ended, because it hangs
 * @param commit the one that a rewind makes the head; 0: the empty log
 */
public record BatchLayerOptions(
    RunKind command,
    Path pipeline,
    Database database,
    Optional<URI> archive,
    Optional<HourRange> range,
    boolean fromArrivals,
    OptionalLong through,
    long bucketRows,
    boolean acceptDifferences,
    boolean replace,
    OptionalLong commit) {

  /** Rows held by a task unless told otherwise: about 150 MB. */
  public static final long DEFAULT_BUCKET_ROWS = 1_500_000;

  /**
   * An option's description.
   *
   * @param type of its value; empty for a switch
   * @param standard its default, for a person to read
   */
  public record Option(String key, String type, String standard, String description) {}

  /** Every option. */
  public static final List<Option> OPTIONS =
      List.of(
          new Option("pipeline", "FILE", "required", "The pipeline's declaration."),
          new Option(
              "database.url",
              "JDBC URL",
              "required",
              "The serving database, for example jdbc:postgresql://127.0.0.1:5432/weir."),
          new Option("database.user", "NAME", "required", "User of the serving database."),
          new Option(
              "database.password-file",
              "FILE",
              "the environment variable WEIR_DATABASE_PASSWORD, else none",
              "File whose first line is the user's password."),
          new Option(
              "archive",
              "URI",
              "as declared",
              "Root of the Parquet archive, for example file:///var/lib/weir/archive."),
          new Option(
              "from",
              "TIME",
              "hours that changed",
              "With --to: recompute all event hours from this one, in ISO-8601, full hours."),
          new Option("to", "TIME", "hours that changed", "First event hour after the range."),
          new Option("all", "", "hours that changed", "Recompute every event hour."),
          new Option(
              "from-arrivals",
              "",
              "compacted files are read where there are any",
              "Read all arrivals of the hours again: repairs a damaged compacted file."),
          new Option("through", "COMMIT", "the head", "Absorb commits up to this one only."),
          new Option(
              "bucket.rows",
              "NUMBER",
              Long.toString(DEFAULT_BUCKET_ROWS),
              "Rows a task holds in memory; larger event hours are cut into buckets."),
          new Option(
              "accept-differences",
              "",
              "they are held back",
              "Publish event hours whose speed rows differ from the archive; the archive wins."),
          new Option(
              "replace",
              "",
              "this run is refused",
              "If another run is at work and hangs, end its database session and take its place."),
          new Option(
              "commit",
              "COMMIT",
              "none",
              "For rewind: the commit that becomes the head; 0 for the empty log."));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is not one; the message names every mistake
   */
  public static BatchLayerOptions parse(String[] arguments, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    List<String> mistakes = new ArrayList<>();
    boolean named = arguments.length > 0 && !arguments[0].startsWith("--");
    RunKind command = named ? RunKind.named(arguments[0]).orElse(null) : RunKind.RUN;
    if (command == null) {
      mistakes.add(
          "'"
              + arguments[0]
              + "' is not a command; there are "
              + String.join(", ", RunKind.names()));
    }
    for (int i = named ? 1 : 0; i < arguments.length; i++) {
      Option option = option(arguments[i]);
      if (option == null) {
        mistakes.add("'" + arguments[i] + "' is not an option; --help lists them");
      } else if (option.type().isEmpty()) {
        values.put(option.key(), "true");
      } else if (i + 1 == arguments.length || arguments[i + 1].startsWith("--")) {
        mistakes.add("--" + option.key() + " needs a value: " + option.type());
      } else {
        values.put(option.key(), arguments[++i]);
      }
    }
    for (Option option : OPTIONS) {
      if (option.standard().equals("required") && !values.containsKey(option.key())) {
        mistakes.add("--" + option.key() + " " + option.type() + " is missing");
      }
    }
    if (values.containsKey("from") != values.containsKey("to")) {
      mistakes.add("--from and --to go together");
    } else if (values.containsKey("from") && values.containsKey("all")) {
      mistakes.add("--all and --from ... --to ... exclude each other");
    }
    if (values.containsKey("commit") != (command == RunKind.REWIND)) {
      mistakes.add("--commit COMMIT goes with rewind, and only with it");
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", mistakes));
    }
    return new BatchLayerOptions(
        command,
        Path.of(values.get("pipeline")),
        new Database(
            values.get("database.url"), values.get("database.user"), password(values, environment)),
        Optional.ofNullable(values.get("archive")).map(URI::create),
        range(values),
        values.containsKey("from-arrivals"),
        number("through", values, 1),
        number("bucket.rows", values, 1).orElse(DEFAULT_BUCKET_ROWS),
        values.containsKey("accept-differences"),
        values.containsKey("replace"),
        number("commit", values, 0));
  }

  private static Option option(String argument) {
    return OPTIONS.stream()
        .filter(option -> argument.equals("--" + option.key()))
        .findFirst()
        .orElse(null);
  }

  private static Optional<HourRange> range(Map<String, String> values) {
    if (values.containsKey("all")) {
      return Optional.of(HourRange.ALL);
    }
    return Optional.ofNullable(values.get("from"))
        .map(from -> HourRange.parse(from, values.get("to")));
  }

  private static String password(Map<String, String> values, Map<String, String> environment) {
    String file = values.get("database.password-file");
    if (file == null) {
      return environment.getOrDefault("WEIR_DATABASE_PASSWORD", "");
    }
    try {
      return Files.readAllLines(Path.of(file)).stream().findFirst().orElse("");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--database.password-file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static OptionalLong number(String key, Map<String, String> values, long least) {
    String text = values.get(key);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + key + " '" + text + "' is not a number", e);
    }
    throw new IllegalArgumentException(
        "--" + key + " must be at least " + least + ", and is " + text);
  }

  /** The reference of all options, as {@code --help} prints it. */
  public static String reference() {
    StringBuilder text = new StringBuilder();
    text.append("Usage: BatchLayerJob [COMMAND] OPTIONS\n\n");
    for (RunKind command : RunKind.values()) {
      text.append("  %-9s %s%n".formatted(command.word(), command.purpose()));
    }
    text.append('\n');
    for (Option option : OPTIONS) {
      text.append("  --").append(option.key());
      text.append(option.type().isEmpty() ? "" : " " + option.type()).append('\n');
      text.append("      ").append(option.description());
      text.append(" Default: ").append(option.standard()).append(".\n");
    }
    return text.toString();
  }
}
