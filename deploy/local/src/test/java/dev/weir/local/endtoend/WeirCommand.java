package dev.weir.local.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.local.lifecycle.EndAtExit;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The {@code weir} command as a user runs it: each call is a process of its own, with its exit code
 * and everything it printed.
 */
final class WeirCommand {

  /** How a call ended. */
  record Outcome(int exitCode, String output) {}

  private final Path data;

  WeirCommand(Path data) {
    this.data = data;
    var unused = EndAtExit.of(new DataDirectory(data), Progress.onStandardError());
  }

  Path data() {
    return data;
  }

  /** Runs {@code weir <arguments> --data DIR} to its end. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("dev.weir.local.Weir");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    Path output = Files.createTempFile("weir-command", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Not as an argument: the system shows the others only if all of them are short.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    if (!process.waitFor(15, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("did not end in 15 minutes: " + Files.readString(output));
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    return new Outcome(process.exitValue(), printed);
  }

  /** Runs it and fails with its output unless it exits with 0. */
  String succeed(String... arguments) throws IOException, InterruptedException {
    Outcome outcome = run(arguments);
    if (outcome.exitCode() != 0) {
      throw new AssertionError(
          "weir "
              + String.join(" ", arguments)
              + " exited with "
              + outcome.exitCode()
              + ":\n"
              + outcome.output());
    }
    return outcome.output();
  }

  /** What {@code up} wrote to endpoints.json. */
  String endpoint(String key) {
    try {
      return new ObjectMapper().readTree(data.resolve("endpoints.json").toFile()).get(key).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", endpoint("user"));
    return DriverManager.getConnection(endpoint("jdbcUrl"), properties);
  }
}
