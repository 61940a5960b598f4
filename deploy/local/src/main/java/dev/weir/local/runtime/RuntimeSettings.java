package dev.weir.local.runtime;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * How a local runtime differs from the usual one.
 *
 * @param databasePort the loopback port by which the jobs reach PostgreSQL, given the server's own:
 *     a proxy may stand between. Everything else uses the server's.
 * @param flink entries of Flink's config.yaml that win over the usual ones
 * @param reports declaration of scheduled reports; absolute
 */
public record RuntimeSettings(
    IntUnaryOperator databasePort, Map<String, String> flink, Optional<Path> reports) {
  public static final RuntimeSettings USUAL =
      new RuntimeSettings(IntUnaryOperator.identity(), Map.of(), Optional.empty());

  public RuntimeSettings {
    flink = Map.copyOf(flink);
  }

  /** Without reports. */
  public RuntimeSettings(IntUnaryOperator databasePort, Map<String, String> flink) {
    this(databasePort, flink, Optional.empty());
  }

  /** The same with other reports. */
  public RuntimeSettings withReports(Optional<Path> declaration) {
    return new RuntimeSettings(databasePort, flink, declaration);
  }
}
