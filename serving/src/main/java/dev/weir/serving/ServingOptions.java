package dev.weir.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the serving application is told when it starts.
 *
 * @param command what to do
 * @param pipeline the declaration's file
 * @param databaseUrl JDBC URL of the PostgreSQL database
 * @param databaseUser who logs in there
 * @param databasePassword empty where the server asks for none; never shown
 * @param port of the HTTP server on 127.0.0.1; 0 for any free one
 */
public record ServingOptions(
    Command command,
    Path pipeline,
    String databaseUrl,
    String databaseUser,
    String databasePassword,
    int port) {

  /** Environment variable that holds the database password. */
  public static final String PASSWORD_VARIABLE = "WEIR_DATABASE_PASSWORD";

  /** What the application does. */
  public enum Command {
    /** Brings the database up to date and ends. */
    MIGRATE,
    /** The same, then answers requests. */
    SERVE
  }

  /**
   * One option of the command line.
   *
   * @param defaultValue null where the option must be given
   */
  public record Option(String key, String type, String defaultValue, String description) {}

  /** Every option, in the order they are explained. */
  public static final List<Option> OPTIONS =
      List.of(
          new Option("pipeline", "file", null, "the pipeline's declaration"),
          new Option("database.url", "JDBC URL", null, "jdbc:postgresql://host:port/database"),
          new Option("database.user", "text", null, "who logs in to the database"),
          new Option(
              "database.password-file",
              "file",
              "",
              "file that holds the password; without it the environment variable "
                  + PASSWORD_VARIABLE
                  + ", if set"),
          new Option("server.port", "0 to 65535", "8080", "port on 127.0.0.1; 0 for any free one"));

  /**
   * Reads the command line: a command, then {@code --key value} or {@code --key=value}.
   *
   * @throws IllegalArgumentException listing everything that is wrong
   */
  public static ServingOptions parse(List<String> arguments, Map<String, String> environment) {
    List<String> errors = new ArrayList<>();
    Command command = command(arguments, errors);
    Map<String, String> given = given(arguments, errors);
    for (Option option : OPTIONS) {
      if (option.defaultValue() == null && !given.containsKey(option.key())) {
        errors.add("--" + option.key() + " is missing: " + option.description());
      }
    }
    String url = given.getOrDefault("database.url", "");
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
      // The URL is not repeated: it may hold a password.
      errors.add("--database.url must start with jdbc:postgresql:");
    }
    int port = port(given.getOrDefault("server.port", "8080"), errors);
    String password = password(given.get("database.password-file"), environment, errors);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", errors));
    }
    return new ServingOptions(
        command, Path.of(given.get("pipeline")), url, given.get("database.user"), password, port);
  }

  private static Command command(List<String> arguments, List<String> errors) {
    String word = arguments.isEmpty() ? "" : arguments.get(0);
    return switch (word) {
      case "migrate" -> Command.MIGRATE;
      case "serve" -> Command.SERVE;
      default -> {
        errors.add(
            "the first word must be serve or migrate" + (word.isEmpty() ? "" : ", not " + word));
        yield Command.SERVE;
      }
    };
  }

  private static Map<String, String> given(List<String> arguments, List<String> errors) {
    Map<String, String> given = new HashMap<>();
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String key = equals < 0 ? argument : argument.substring(0, equals);
      if (!key.startsWith("--")
          || OPTIONS.stream().noneMatch(option -> key.equals("--" + option.key()))) {
        errors.add(
            key
                + " is not an option; the options are "
                + OPTIONS.stream()
                    .map(option -> "--" + option.key())
                    .collect(Collectors.joining(", ")));
        continue;
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        errors.add(key + " needs a value");
        continue;
      }
      given.put(key.substring(2), equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
    }
    return given;
  }

  private static int port(String text, List<String> errors) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    errors.add("--server.port must be a number from 0 to 65535 (it is " + text + ")");
    return 0;
  }

  private static String password(
      String file, Map<String, String> environment, List<String> errors) {
    if (file == null || file.isEmpty()) {
      return environment.getOrDefault(PASSWORD_VARIABLE, "");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      errors.add("--database.password-file " + file + " cannot be read: " + e.getMessage());
      return "";
    }
  }

  /** How to use the application, for a person to read. */
  public static String usage() {
    StringBuilder text = new StringBuilder();
    text.append("java -jar weir-serving.jar serve|migrate --key value ...\n\n");
    text.append("  serve    brings the database up to date, then answers requests on 127.0.0.1\n");
    text.append("  migrate  brings the database up to date: tables, functions, merged views\n\n");
    for (Option option : OPTIONS) {
      text.append(
          String.format(
              "  --%-24s %s (%s%s)%n",
              option.key(), option.description(), option.type(), shown(option)));
    }
    return text.toString();
  }

  private static String shown(Option option) {
    if (option.defaultValue() == null) {
      return ", required";
    }
    return option.defaultValue().isEmpty() ? "" : ", default " + option.defaultValue();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ServingOptions["
        + command
        + ", pipeline "
        + pipeline
        + ", database "
        + databaseUrl
        + " as "
        + databaseUser
        + ", port "
        + port
        + "]";
  }
}
