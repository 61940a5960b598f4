package dev.weir.faults.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A call of the {@code weir} command, a process of its own as a user runs it. */
public final class Command {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How a call ended, with everything it printed. */
  public record Outcome(int exitCode, String output) {}

  private final Process process;
  private final Path output;

  private Command(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Command start(Path data, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.add("dev.weir.local.Weir");
    words.addAll(List.of(arguments));
    words.addAll(List.of("--data", data.toString()));
    try {
      Path output = Files.createTempFile("weir-command", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // Not as an argument: the system shows the others only if all of them are short.
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      return new Command(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Spark driver that it runs, once there is one. */
  public Optional<ProcessHandle> driver() {
    return process
        .toHandle()
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains("BatchLayerJob"))
        .findFirst();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for its end. */
  public Outcome outcome() throws InterruptedException {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IllegalStateException("did not end: " + printed());
      }
      Outcome outcome = new Outcome(process.exitValue(), printed());
      Files.delete(output);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end and fails with what it printed unless it exits with 0. */
  public String succeed() throws InterruptedException {
    Outcome outcome = outcome();
    if (outcome.exitCode() != 0) {
      throw new AssertionError("exited with " + outcome.exitCode() + ":\n" + outcome.output());
    }
    return outcome.output();
  }

  private String printed() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
