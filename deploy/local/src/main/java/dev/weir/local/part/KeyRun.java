package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.JavaCommand;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.util.List;

/** The serving application's {@code key} command, run on this machine. */
public final class KeyRun {
  private final DataDirectory data;
  private final Installation installation;

  public KeyRun(DataDirectory data, Installation installation) {
    this.data = data;
    this.installation = installation;
  }

  /**
   * Runs with this process's input and output, and returns the command's exit code.
   *
   * @param words create, list or revoke, and its options
   */
  public int inForeground(List<String> words) {
    Endpoints endpoints = data.endpointsOfParts();
    ProcessBuilder builder =
        new ProcessBuilder(
            new JavaCommand(data, 128)
                .option("-XX:+UseSerialGC")
                .option("-XX:TieredStopAtLevel=1")
                .option("-jar")
                .run(installation.servingJar().toString(), "key")
                .run(words.toArray(String[]::new))
                .run("--database.url", endpoints.jdbcUrl())
                .run("--database.user", endpoints.user())
                .words());
    try {
      return builder.inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot run the key command: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }
}
