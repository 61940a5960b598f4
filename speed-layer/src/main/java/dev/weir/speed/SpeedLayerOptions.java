package dev.weir.speed;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the job is told on its command line, read and checked by {@link OptionsReader}.
 *
 * @param archive root of the archive; empty: the pipeline declares it
 * @param checkpoints where checkpoints go; empty: where the cluster's configuration says
 * @param kafka properties of the consumers; without bootstrap servers if none were given
 * @param takeOver start from the ledger's offsets, without a checkpoint
 * @param skipLostRecords go on where Kafka does not have the next record any more
 */
public record SpeedLayerOptions(
    Path pipeline,
    Properties kafka,
    String databaseUrl,
    String databaseUser,
    String databasePassword,
    Optional<URI> archive,
    Optional<URI> checkpoints,
    boolean takeOver,
    boolean skipLostRecords) {

  /** Every option, in the order of the help. */
  public enum Option {
    PIPELINE("pipeline", "FILE", "", "The pipeline's declaration, pipeline.yaml. Required."),
    BOOTSTRAP_SERVERS(
        "kafka.bootstrap.servers",
        "HOST:PORT,...",
        "",
        "Kafka brokers. Required if the pipeline reads a topic."),
    KAFKA_PROPERTIES(
        "kafka.properties",
        "FILE",
        "",
        "Further properties of the Kafka consumers, for example for TLS and authentication."),
    DATABASE_URL(
        "database.url",
        "URL",
        "",
        "jdbc:postgresql://host:port/database of the serving database. Required."),
    DATABASE_USER("database.user", "NAME", "weir", "Database user."),
    DATABASE_PASSWORD_FILE(
        "database.password-file",
        "FILE",
        "",
        "File with the database password. Without it, the environment variable "
            + OptionsReader.PASSWORD_VARIABLE
            + "; without either, none."),
    ARCHIVE("archive", "URI", "", "Root of the archive, instead of the one the pipeline declares."),
    CHECKPOINTS(
        "checkpoints",
        "URI",
        "",
        "Where checkpoints are kept, instead of where the cluster's configuration says."),
    TAKE_OVER(
        "take-over",
        "",
        "false",
        "Start without a checkpoint, from the offsets of the last commit. For when the checkpoint"
            + " that the commit log wants is lost."),
    SKIP_LOST_RECORDS(
        "skip-lost-records",
        "",
        "false",
        "Go on at the oldest record of a partition where the next one is not in Kafka any more."
            + " Without it the job stops then, because records would be left out unseen.");

    private final String key;
    private final String type;
    private final String defaultValue;
    private final String description;

    Option(String key, String type, String defaultValue, String description) {
      this.key = key;
      this.type = type;
      this.defaultValue = defaultValue;
      this.description = description;
    }

    /** As written after two dashes. */
    public String key() {
      return key;
    }

    /** What its value is; empty for a switch. */
    public String type() {
      return type;
    }

    /** Empty if there is none. */
    public String defaultValue() {
      return defaultValue;
    }

    public String description() {
      return description;
    }
  }

  /** Without the password and the consumers' properties, which may hold one. */
  @Override
  public String toString() {
    return "pipeline " + pipeline + ", database " + databaseUser + " at " + databaseUrl;
  }

  /**
   * Reads a command line.
   *
   * @param environment the process's environment variables
   * @throws IllegalArgumentException naming every mistake at once
   */
  public static SpeedLayerOptions parse(String[] args, Map<String, String> environment) {
    return new OptionsReader(environment).read(args);
  }

  /** What {@code --help} prints. */
  public static String help() {
    StringBuilder help =
        new StringBuilder("Usage: SpeedLayerJob --pipeline FILE --database.url URL [options]\n\n");
    for (Option option : Option.values()) {
      help.append(("  --" + option.key + " " + option.type).stripTrailing()).append('\n');
      help.append("      ").append(option.description);
      if (!option.defaultValue.isEmpty()) {
        help.append(" Default: ").append(option.defaultValue).append('.');
      }
      help.append('\n');
    }
    return help.toString();
  }
}
