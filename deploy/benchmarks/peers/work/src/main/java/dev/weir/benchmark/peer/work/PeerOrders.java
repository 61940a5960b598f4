package dev.weir.benchmark.peer.work;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the benchmark tells a peer on its command line: {@code name=value} each. */
public final class PeerOrders {
  private final Map<String, String> values;

  private PeerOrders(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException for anything but {@code name=value}
   */
  public static PeerOrders of(String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "a peer's orders are name=value, as deploy/benchmarks/run gives them, not " + argument);
      }
      values.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new PeerOrders(values);
  }

  /** Bootstrap servers of the broker. */
  public String kafka() {
    return given("kafka");
  }

  /** The topic that was filled before. */
  public String topic() {
    return given("topic");
  }

  /** Where {@link TrafficTable} is. */
  public String database() {
    return given("database");
  }

  /** An empty folder for state, checkpoints and the peer's own archive. */
  public Path folder() {
    return Path.of(given("folder"));
  }

  /** The archive's Parquet files that a batch peer reads. */
  public Path archive() {
    return Path.of(given("archive"));
  }

  /** Whether Flink keeps its state on the heap, not in RocksDB. */
  public boolean heapState() {
    return given("state").equals("heap");
  }

  private String given(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("this peer needs " + name + "=...");
    }
    return value;
  }
}
