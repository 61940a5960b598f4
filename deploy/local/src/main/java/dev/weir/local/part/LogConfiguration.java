package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Log4j 2 to standard output, which the part's log file collects. */
public final class LogConfiguration {
  private static final String CONSOLE =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.console.ref = console
      appender.console.name = console
      appender.console.type = Console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-40.40c{1.} - %m%n
      # The Kafka connector warns of a name collision for every consumer metric and partition.
      logger.metrics.name = org.apache.flink.metrics
      logger.metrics.level = ERROR
      logger.clients.name = org.apache.kafka.clients
      logger.clients.level = WARN
      # The native library is optional.
      logger.native.name = org.apache.hadoop.util.NativeCodeLoader
      logger.native.level = ERROR
      # The steps of a verification share one context.
      logger.context.name = org.apache.spark.SparkContext
      logger.context.level = ERROR
      """;

  private LogConfiguration() {}

  public static Path write(DataDirectory data, String part) {
    return write(data, part, CONSOLE);
  }

  /** The same, to standard error and only from warnings on: for a command the user looks at. */
  public static Path writeQuiet(DataDirectory data, String part) {
    return write(
        data,
        part,
        CONSOLE.replace("rootLogger.level = INFO", "rootLogger.level = WARN")
            + "appender.console.target = SYSTEM_ERR\n");
  }

  private static Path write(DataDirectory data, String part, String text) {
    try {
      Path file = data.folder("log4j").resolve(part + ".properties");
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
