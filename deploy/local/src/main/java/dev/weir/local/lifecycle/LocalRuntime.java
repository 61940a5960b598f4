package dev.weir.local.lifecycle;

import dev.weir.local.flink.FlinkConfiguration;
import dev.weir.local.flink.FlinkJobManager;
import dev.weir.local.flink.FlinkRest;
import dev.weir.local.flink.FlinkTaskManager;
import dev.weir.local.flink.SpeedLayer;
import dev.weir.local.flink.Start;
import dev.weir.local.part.KafkaBroker;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.Part;
import dev.weir.local.part.PartRunner;
import dev.weir.local.part.PartStopper;
import dev.weir.local.part.PostgresServer;
import dev.weir.local.part.ServingApplication;
import dev.weir.local.part.ServingChoice;
import dev.weir.local.part.ServingChoice.Remembered;
import dev.weir.local.part.Topics;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.DirectoryLock;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.FolderTree;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.Json;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Ports;
import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.RuntimeSettings;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Starts and stops the parts of one data directory. {@code up} starts what does not run and submits
 * the job if none runs, so it also repairs; {@code down} ends everything, the job with a savepoint.
 */
public final class LocalRuntime {
  private final DataDirectory data;
  private final Installation installation;
  private final Progress progress;
  private final RuntimeSettings settings;
  private final PartRunner runner;
  private final PartStopper stopper;

  public LocalRuntime(DataDirectory data, Installation installation, Progress progress) {
    this(data, installation, progress, RuntimeSettings.USUAL);
  }

  /** A runtime that differs from the usual one. */
  public LocalRuntime(
      DataDirectory data, Installation installation, Progress progress, RuntimeSettings settings) {
    this.data = data;
    this.installation = installation;
    this.progress = progress;
    this.settings = settings;
    this.runner = new PartRunner(data);
    this.stopper = new PartStopper(data, runner);
  }

  /**
   * Starts what does not run.
   *
   * @param file the pipeline; empty for the one of the last {@code up}, or else the sample
   * @param start how the job is to be started
   * @return whether anything had to be started
   * @throws LocalRuntimeException if the job runs, but is to be started in another way than usual
   */
  public boolean up(Optional<Path> file, Start start) {
    return DirectoryLock.holding(data, () -> upLocked(file, start));
  }

  private boolean upLocked(Optional<Path> file, Start start) {
    PipelineInEffect pipeline = PipelineInEffect.of(data, installation, file);
    pipeline.refuseOtherName(data);
    if (LocalParts.NAMES.stream().anyMatch(runner::isRunning)) {
      pipeline.refuseChange(data);
    }
    ServingChoice choice = ServingChoice.of(settings.reports());
    refuseOtherOptions(choice);
    refuseToStartARunningJob(start);
    if (isUp()) {
      return false;
    }
    Pipeline declared = pipeline.read();
    PipelineInEffect.refuseMissingDirectories(declared);
    stopper.stopStrayParts();
    Ports ports = portsOfWhatIsMissing();
    pipeline.apply();
    start(ports, declared, start, choice);
    return true;
  }

  private void refuseToStartARunningJob(Start start) {
    if (!start.equals(Start.CONTINUE) && runner.isRunning(LocalParts.JOB_MANAGER)) {
      unfinishedJob().ifPresent(job -> refuseToStart(job, start));
    }
  }

  private void refuseToStart(FlinkRest.Job job, Start start) {
    String options = String.join(" ", start.options());
    throw new LocalRuntimeException(
        "The speed layer's job is "
            + job.state()
            + " and was left as it is: "
            + options
            + " is for starting it, and changed nothing. To end this job and start it so: "
            + data.command("down")
            + ", then "
            + data.command("up " + options));
  }

  /** Options are of a start: those of an application that runs cannot be changed. */
  private void refuseOtherOptions(ServingChoice choice) {
    Optional<Remembered> last = ServingChoice.ofLastStart(data);
    if (last.isEmpty() || last.get().equals(choice.remembered())) {
      return;
    }
    boolean chosen = !choice.options().isEmpty();
    if (!runner.isRunning(LocalParts.SERVING)) {
      if (!chosen) {
        progress.warn(
            "Dashboard and API had options when they were started last, and have none now: "
                + last.get()
                + ". To have them, give --reports and "
                + ServingChoice.VARIABLE
                + " again.");
      }
    } else if (chosen) {
      String change =
          "Dashboard and API were started with "
              + last.get()
              + " and are left as they are; the options given now, "
              + choice.remembered()
              + ", change nothing. To start them anew: "
              + data.command("down")
              + ", then the same weir up again.";
      // What is missing is started all the same.
      if (isUp()) {
        throw new LocalRuntimeException(change);
      }
      progress.warn(change);
    }
  }

  private void start(Ports ports, Pipeline pipeline, Start start, ServingChoice choice) {
    KafkaBroker kafka =
        new KafkaBroker(
            data, installation, ports.get(LocalParts.KAFKA), ports.get("kafka-controller"));
    PostgresServer postgres = new PostgresServer(data, ports.get(LocalParts.POSTGRES));
    FlinkConfiguration flink =
        new FlinkConfiguration(
            data, ports.get(LocalParts.JOB_MANAGER), ports.get("flink-rpc"), settings.flink());
    Part jobManager = new FlinkJobManager(data, installation, flink);
    Part taskManager = new FlinkTaskManager(data, installation, flink);
    ServingApplication serving =
        new ServingApplication(
            data,
            installation,
            postgres.jdbcUrl(),
            PostgresServer.USER,
            ports.get(LocalParts.SERVING),
            choice);
    if (!runner.isRunning(LocalParts.JOB_MANAGER)) {
      stopper.kill(List.of(LocalParts.TASK_MANAGER));
      FlinkConfiguration.deleteTemporaryFiles(data);
    }
    Endpoints endpoints =
        new Endpoints(
            kafka.address(),
            postgres.jdbcUrl(),
            PostgresServer.jdbcUrl(
                settings.databasePort().applyAsInt(ports.get(LocalParts.POSTGRES))),
            PostgresServer.USER,
            jobManager.address(),
            serving.address());
    Json.write(data.endpoints(), endpoints);

    // The serving application takes longest to start and needs PostgreSQL. Unpacking that leaves
    // cores to the JobManager only: with more beside it, everything is ready seconds later.
    List.of(jobManager, postgres).forEach(runner::start);
    ready(postgres);
    List.of(serving, kafka, taskManager).forEach(runner::start);
    ready(kafka);
    new Topics(kafka.address()).create(pipeline);
    ready(jobManager);
    ready(taskManager);
    ready(serving); // its tables are there
    SpeedLayer speedLayer = new SpeedLayer(data, installation, endpoints);
    Optional<FlinkRest.Job> job = new FlinkRest(endpoints.flink()).unfinishedJob();
    if (job.isEmpty()) {
      progress.doing("submitting the speed layer");
      speedLayer.submit(flink, archive(pipeline), start);
    } else {
      if (!start.equals(Start.CONTINUE)) {
        refuseToStart(job.get(), start); // Flink did not answer when it was asked first.
      }
      speedLayer.awaitCheckpoint();
    }
  }

  private void ready(Part part) {
    progress.doing("waiting for " + part.name());
    runner.awaitReady(part);
    progress.done(part.name(), part.address());
  }

  private Optional<String> archive(Pipeline pipeline) {
    return pipeline.archive() == null
        ? Optional.of(data.archive().toUri().toString())
        : Optional.empty();
  }

  /** Whether every part runs and the job too. */
  public boolean isUp() {
    return LocalParts.NAMES.stream().allMatch(runner::isRunning) && unfinishedJob().isPresent();
  }

  /** Empty, too, if Flink does not answer. */
  private Optional<FlinkRest.Job> unfinishedJob() {
    try {
      return data.readEndpoints().flatMap(e -> new FlinkRest(e.flink()).unfinishedJob());
    } catch (LocalRuntimeException e) {
      return Optional.empty();
    }
  }

  public boolean isRunning(String part) {
    return runner.isRunning(part);
  }

  /**
   * Ports for all parts. When one of a part that must be started was lost to somebody else, the
   * others, which know the old one, are ended, to be started again.
   */
  private Ports portsOfWhatIsMissing() {
    Ports ports = new Ports(data);
    boolean moved = false;
    moved |= choose(ports, LocalParts.KAFKA, LocalParts.KAFKA, "kafka-controller");
    moved |= choose(ports, LocalParts.POSTGRES, LocalParts.POSTGRES);
    moved |= choose(ports, LocalParts.JOB_MANAGER, LocalParts.JOB_MANAGER, "flink-rpc");
    moved |= choose(ports, LocalParts.SERVING, LocalParts.SERVING);
    if (moved) {
      stopper.kill(List.of(LocalParts.TASK_MANAGER, LocalParts.JOB_MANAGER));
      stopper.stop(List.of(LocalParts.SERVING));
    }
    return ports;
  }

  private boolean choose(Ports ports, String part, String... names) {
    if (runner.isRunning(part)) {
      return false;
    }
    boolean moved = false;
    for (String name : names) {
      int before = ports.get(name);
      moved |= ports.choose(name) != before && before != 0;
    }
    return moved;
  }

  /**
   * Ends everything. What was read but not yet committed is read again by the next {@code up}.
   *
   * @return whether anything ran
   */
  public boolean down() {
    return DirectoryLock.holding(data, this::downLocked);
  }

  /** Ends everything without a savepoint: for a directory that is not continued. */
  public void kill() {
    boolean unused = DirectoryLock.holding(data, this::endParts);
  }

  private boolean downLocked() {
    if (runner.isRunning(LocalParts.JOB_MANAGER)) {
      stopJob();
    }
    return endParts();
  }

  private boolean endParts() {
    boolean ran = LocalParts.NAMES.stream().anyMatch(runner::isRunning);
    progress.doing("stopping the parts");
    stopper.stopAll();
    FlinkConfiguration.deleteTemporaryFiles(data);
    deleteTemporaryFiles();
    return ran;
  }

  private void deleteTemporaryFiles() {
    try {
      FolderTree.delete(data.root().resolve(DataDirectory.TEMPORARY));
    } catch (IOException | UncheckedIOException e) {
      // A batch run may still be at its end there; what it leaves goes the next time.
      progress.warn("Not all temporary files could be deleted: " + e.getMessage());
    }
  }

  private void stopJob() {
    Endpoints endpoints = data.readEndpoints().orElseThrow();
    progress.doing("stopping the speed layer with a savepoint");
    try {
      new SpeedLayer(data, installation, endpoints).stop();
    } catch (LocalRuntimeException e) {
      progress.warn(
          "The job could not be stopped with a savepoint; the next weir up continues from its last"
              + " checkpoint, and nothing is lost. "
              + e.getMessage());
    }
  }
}
