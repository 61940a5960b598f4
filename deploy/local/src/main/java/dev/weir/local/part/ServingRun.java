package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.JavaCommand;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.util.List;

/** A command of the serving application that ends, run on this machine. */
public final class ServingRun {
  private final DataDirectory data;
  private final Installation installation;

  public ServingRun(DataDirectory data, Installation installation) {
    this.data = data;
    this.installation = installation;
  }

  /**
   * Runs with this process's input and output, and returns the command's exit code.
   *
   * @param heapMegabytes maximum heap
   * @param words the command and its options, without the database's
   */
  public int inForeground(int heapMegabytes, List<String> words) {
    Endpoints endpoints = data.endpointsOfParts();
    ProcessBuilder builder =
        new ProcessBuilder(
            new JavaCommand(data, heapMegabytes)
                .option("-XX:+UseSerialGC")
                .option("-XX:TieredStopAtLevel=1")
                .option("-jar")
                .run(installation.servingJar().toString())
                .run(words.toArray(String[]::new))
                .run("--database.url", endpoints.jdbcUrl())
                .run("--database.user", endpoints.user())
                .words());
    try {
      return builder.inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot run the serving application: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }
}
