package dev.weir.local.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Free loopback ports by name, remembered in {@code run/ports.json}, so that addresses stay the
 * same from one {@code up} to the next.
 *
 * <p>Taken below the range from which systems give ports to outgoing connections: a port found free
 * is then not lost to one before its part has started.
 */
public final class Ports {
  private static final long POLL_MILLIS = 100;
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  /** How long the remembered port is waited for: its last holder may be about to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DataDirectory data;
  private final SplittableRandom random;
  private final Duration patience;
  private final Map<String, Integer> ports = new TreeMap<>();

  public Ports(DataDirectory data) {
    this(data, new SplittableRandom(), PATIENCE);
  }

  Ports(DataDirectory data, SplittableRandom random, Duration patience) {
    this.data = data;
    this.random = random;
    this.patience = patience;
    Json.read(data.run().resolve("ports.json"), JsonNode.class)
        .ifPresent(
            json -> json.properties().forEach(e -> ports.put(e.getKey(), e.getValue().asInt())));
  }

  /** The remembered port, whoever holds it now; 0 if there is none. */
  public int get(String name) {
    return ports.getOrDefault(name, 0);
  }

  /** The remembered port if it is free, otherwise another free one, which is then remembered. */
  public int choose(String name) {
    int port = ports.getOrDefault(name, 0);
    ports.remove(name);
    if (port != 0 && !ports.containsValue(port)) {
      awaitFree(port);
    }
    for (int attempt = 0; port == 0 || ports.containsValue(port) || !isFree(port); attempt++) {
      if (attempt == 1_000) {
        throw new LocalRuntimeException(
            "No free port found between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1.");
      }
      port = random.nextInt(LOWEST, HIGHEST);
    }
    ports.put(name, port);
    Json.write(data.run().resolve("ports.json"), ports);
    return port;
  }

  private void awaitFree(int port) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isFree(port) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the parts do: an address in TIME_WAIT from the last run is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
