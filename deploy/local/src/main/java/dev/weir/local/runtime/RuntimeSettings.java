package dev.weir.local.runtime;

import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * How a local runtime differs from the usual one.
 *
 * @param databasePort the loopback port by which the jobs reach PostgreSQL, given the server's own:
 *     a proxy may stand between. Everything else uses the server's.
 * @param flink entries of Flink's config.yaml that win over the usual ones
 */
public record RuntimeSettings(IntUnaryOperator databasePort, Map<String, String> flink) {
  public static final RuntimeSettings USUAL =
      new RuntimeSettings(IntUnaryOperator.identity(), Map.of());

  public RuntimeSettings {
    flink = Map.copyOf(flink);
  }
}
