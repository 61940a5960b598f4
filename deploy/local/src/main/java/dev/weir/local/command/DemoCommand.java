package dev.weir.local.command;

import dev.weir.local.demo.Demo;
import dev.weir.local.demo.WebShopStream;
import dev.weir.local.lifecycle.LocalRuntime;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.FolderTree;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "See everything at work: real and generated traffic, live and recomputed.",
    description = {
      "",
      "Starts all parts in a temporary folder, loads a real web server's access log, generates a web"
          + " shop's live traffic (1 %% sent twice, 0.1 %% malformed, 2 %% late by minutes to hours), and"
          + " runs the batch layer every half minute. Ctrl-C ends all of it and deletes the folder.",
      "",
      "With --for it ends by itself, checks that every event was served exactly once and that both"
          + " views agree, and exits with 0 only if every check held.",
      ""
    },
    footer = {"", "Examples:", "  weir demo", "  weir demo --for 90s", "  weir demo --rate 5000"})
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "So long is traffic generated: 90s, 5m, 1h. Without it: until Ctrl-C.")
  private Duration time;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      converter = LinesPerSecond.class,
      description = "Generated events a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the generator (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException, SQLException {
    DataDirectory data = DataDirectory.create(Files.createTempDirectory("weir-demo-"));
    Installation installation = Installation.ofThisProcess();
    Progress progress = Progress.onStandardError();
    Thread demo = Thread.currentThread();
    CountDownLatch stopped = new CountDownLatch(1);
    // Ctrl-C: the demo is interrupted wherever it is, and the JVM waits until it has cleaned up.
    Thread hook =
        new Thread(
            () -> {
              demo.interrupt();
              awaitQuietly(stopped);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    boolean good = false;
    boolean interrupted = false;
    try {
      good =
          new Demo(data, installation, progress, WebShopStream.Shape.usual(rate), seed)
              .run(Optional.ofNullable(time));
      return good ? 0 : 1;
    } catch (InterruptedException e) {
      interrupted = true;
      return 0;
    } catch (LocalRuntimeException e) {
      // What is waited for ends with a message when it is interrupted.
      interrupted = Thread.interrupted();
      if (interrupted) {
        return 0;
      }
      throw e;
    } finally {
      interrupted |= Thread.interrupted();
      new LocalRuntime(data, installation, progress).kill();
      progress.erase();
      if (good || interrupted) {
        FolderTree.delete(data.root());
      } else {
        progress.warn("The demo's folder is kept for a look at its logs: " + data.root());
      }
      stopped.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
