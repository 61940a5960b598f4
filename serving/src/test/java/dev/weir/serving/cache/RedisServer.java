package dev.weir.serving.cache;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A real redis-server on a free port of this machine, which can be stopped and started again. */
public final class RedisServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 5;
  private static final String LOG = "redis.log";

  private final Path folder;
  private final String password;
  private int port;
  private Process process;

  /**
   * Starts it.
   *
   * @param folder where it runs
   * @param password empty for none
   */
  public RedisServer(Path folder, String password) {
    this.folder = folder;
    this.password = password;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      port = likelyFreePort();
      if (starts()) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
        return;
      }
    }
    throw new IllegalStateException("redis-server did not start; it said:\n" + log());
  }

  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  /** Starts it again, empty. */
  public void start() {
    if (!starts()) {
      throw new IllegalStateException("redis-server did not start; it said:\n" + log());
    }
  }

  /** Whether it listens; it ends if somebody else has taken the port meanwhile. */
  private boolean starts() {
    List<String> command =
        new ArrayList<>(
            List.of("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", folder.toString()));
    if (!password.isEmpty()) {
      command.addAll(List.of("--requirepass", password));
    }
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(LOG).toFile())
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "redis-server cannot be started: install it with apt-get install redis-server", e);
    }
    await().atMost(PATIENCE).until(() -> listens() || !process.isAlive());
    return listens();
  }

  private boolean listens() {
    return log().contains("Ready to accept connections");
  }

  private String log() {
    try {
      return Files.readString(folder.resolve(LOG));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it. */
  public void stop() {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  /** Not one that systems give to outgoing connections: it is taken again after a stop. */
  private static int likelyFreePort() {
    return ThreadLocalRandom.current().nextInt(20_000, 32_000);
  }

  @Override
  public void close() {
    stop();
  }
}
