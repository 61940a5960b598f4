package dev.weir.local.demo;

import dev.weir.local.flink.Start;
import dev.weir.local.lifecycle.LocalRuntime;
import dev.weir.local.lifecycle.PipelineInEffect;
import dev.weir.local.part.BatchRun;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Progress;
import dev.weir.local.sql.ServingDatabase;
import dev.weir.local.status.Backlog;
import dev.weir.local.status.ServedFigures;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The sample pipeline with a real access log and generated live traffic, the batch layer run again
 * and again. Starts the parts; does not stop them.
 */
public final class Demo {
  private static final Duration COMMIT_PATIENCE = Duration.ofMinutes(2);
  private static final Duration REFRESH = Duration.ofSeconds(1);

  private final DataDirectory data;
  private final Installation installation;
  private final Progress progress;
  private final WebShopStream.Shape shape;
  private final long seed;

  public Demo(
      DataDirectory data,
      Installation installation,
      Progress progress,
      WebShopStream.Shape shape,
      long seed) {
    this.data = data;
    this.installation = installation;
    this.progress = progress;
    this.shape = shape;
    this.seed = seed;
  }

  /**
   * Runs until it is interrupted or the time is over.
   *
   * @param time of live traffic; empty for no end
   * @return whether every check held
   */
  public boolean run(Optional<Duration> time)
      throws IOException, SQLException, InterruptedException {
    new LocalRuntime(data, installation, progress)
        .up(Optional.of(installation.samplePipeline()), Start.CONTINUE);
    Endpoints endpoints = data.readEndpoints().orElseThrow();
    Pipeline pipeline = PipelineInEffect.of(data);
    announce(endpoints, time);
    WebShopStream stream = new WebShopStream(seed, Clock.systemUTC().instant(), shape);
    DemoTraffic traffic = new DemoTraffic(endpoints, pipeline, stream, shape.eventsPerSecond());
    DemoBatch batch = new DemoBatch(new BatchRun(data, installation, pipeline));
    try (Connection connection = ServingDatabase.connect(endpoints)) {
      DemoFigures figures = new DemoFigures(connection);
      traffic.start();
      long accessLines = traffic.sendAccessLog(installation.sampleAccessLog());
      long seenInRecomputed = watch(traffic, batch, figures, accessLines, time);
      progress.doing("waiting until everything sent is committed");
      WebShopTotals sent = traffic.end();
      awaitCommitted(new Backlog(endpoints, pipeline, connection));
      progress.doing("running the batch layer a last time");
      boolean seen = batch.completed() > 0;
      batch.runLast();
      List<DemoCheck> checks =
          new DemoChecks(endpoints, figures, sent, accessLines).run(seen ? seenInRecomputed : -1);
      progress.erase();
      DemoCheck.print(checks, System.out);
      return checks.stream().noneMatch(DemoCheck::fails) && batch.failed() == 0;
    }
  }

  private void announce(Endpoints endpoints, Optional<Duration> time) {
    progress.erase();
    System.out.println();
    System.out.println("  Open the dashboard   " + endpoints.serving());
    System.out.println("  Flink's web UI       " + endpoints.flink());
    System.out.println("  Ask in SQL           deploy/weir sql --data " + data.root());
    System.out.println("  See the status       deploy/weir status --data " + data.root());
    System.out.println(
        time.map(t -> "  Ends after " + t.toSeconds() + " s of traffic; Ctrl-C ends it at once.")
            .orElse("  Ctrl-C ends it."));
    System.out.println();
  }

  private long watch(
      DemoTraffic traffic,
      DemoBatch batch,
      DemoFigures figures,
      long accessLines,
      Optional<Duration> time)
      throws InterruptedException {
    long start = System.nanoTime();
    long most = 0;
    DemoScreen screen = new DemoScreen(progress);
    while (time.isEmpty() || System.nanoTime() - start < time.get().toNanos()) {
      traffic.check();
      batch.startIfDue();
      ServedFigures log = figures.log();
      screen.show(traffic.sent() + accessLines, figures.served().events(), log, batch.isRunning());
      most = Math.max(most, log.sinceInRecomputed());
      Thread.sleep(REFRESH.toMillis());
    }
    return most;
  }

  private static void awaitCommitted(Backlog backlog) {
    PartRunner.await(
        COMMIT_PATIENCE,
        () -> {
          try {
            return backlog.records() == 0;
          } catch (SQLException e) {
            throw new LocalRuntimeException("The serving database: " + e.getMessage(), e);
          }
        },
        () -> {},
        () ->
            new LocalRuntimeException(
                "Not everything that was sent was committed within "
                    + COMMIT_PATIENCE.toSeconds()
                    + " s."));
  }
}
