package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Json;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.LogTail;
import dev.weir.local.runtime.PartRecord;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Starts parts as processes of their own, in a session of their own: they outlive this command and
 * its terminal, and a Ctrl-C does not reach them.
 */
public final class PartRunner {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LOG_LIMIT_BYTES = 20L << 20;

  private final DataDirectory data;

  /** How long the log of each part was when it was started here. */
  private final Map<String, Long> begun = new ConcurrentHashMap<>();

  public PartRunner(DataDirectory data) {
    this.data = data;
  }

  public Optional<PartRecord> record(String part) {
    return Json.read(recordFile(part), PartRecord.class);
  }

  public boolean isRunning(String part) {
    return record(part).map(PartRecord::isAlive).orElse(false);
  }

  /**
   * Refuses to go on without a part.
   *
   * @param name as users know it
   */
  public void requireRunning(String part, String name) {
    if (!isRunning(part)) {
      throw new LocalRuntimeException(
          name + " is not running. Start it with: " + data.command("up"));
    }
  }

  /** Starts the part without waiting for it; nothing happens if it runs. */
  public void start(Part part) {
    if (isRunning(part.name())) {
      return;
    }
    ProcessBuilder builder = part.prepare();
    if (isOnPath("setsid")) {
      List<String> words = new ArrayList<>(builder.command());
      words.add(0, "setsid");
      builder.command(words);
    }
    Path log = data.log(part.name());
    keepOneOld(log);
    begun.put(part.name(), log.toFile().length());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    try {
      Process process = builder.start();
      Json.write(recordFile(part.name()), PartRecord.of(part.name(), process.toHandle()));
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot start " + part.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Waits until the part answers.
   *
   * @throws LocalRuntimeException with the last lines of its log, when it ends or takes too long
   */
  public void awaitReady(Part part) {
    String patience = part.patience().toSeconds() + " s";
    await(
        part.patience(),
        part::isReady,
        () -> {
          if (!isRunning(part.name())) {
            throw failed(part.name(), "ended while it was starting");
          }
        },
        () -> failed(part.name(), "did not answer within " + patience));
  }

  /** Polls until the condition holds; {@code check} may end the wait by throwing. */
  public static void await(
      Duration patience,
      BooleanSupplier condition,
      Runnable check,
      java.util.function.Supplier<LocalRuntimeException> late) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      check.run();
      if (System.nanoTime() > deadline) {
        throw late.get();
      }
      pause();
    }
  }

  /** Lets a little time pass before something is looked at again. */
  public static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }

  private PartFailedException failed(String part, String what) {
    return new PartFailedException(
        "Part "
            + part
            + " "
            + what
            + ". The end of "
            + data.log(part)
            + ":\n"
            + LogTail.since(begun.getOrDefault(part, 0L), data.log(part)));
  }

  private Path recordFile(String part) {
    return data.run().resolve(part + ".json");
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static void keepOneOld(Path log) {
    try {
      if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
