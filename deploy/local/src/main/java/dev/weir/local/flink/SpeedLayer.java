package dev.weir.local.flink;

import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The speed layer's job in the session cluster. */
public final class SpeedLayer {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final DataDirectory data;
  private final Installation installation;
  private final Endpoints endpoints;
  private final FlinkRest flink;

  public SpeedLayer(DataDirectory data, Installation installation, Endpoints endpoints) {
    this.data = data;
    this.installation = installation;
    this.endpoints = endpoints;
    this.flink = new FlinkRest(endpoints.flink());
  }

  /**
   * Submits the job and returns when it has completed a checkpoint.
   *
   * @param archive root of the archive; empty where the pipeline declares its own
   */
  public void submit(FlinkConfiguration configuration, Optional<String> archive, Start start) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--pipeline", data.pipeline().toString()));
    arguments.addAll(List.of("--kafka.bootstrap.servers", endpoints.kafka()));
    arguments.addAll(List.of("--database.url", endpoints.jobsJdbcUrl()));
    arguments.addAll(List.of("--database.user", endpoints.user()));
    archive.ifPresent(root -> arguments.addAll(List.of("--archive", root)));
    arguments.addAll(start.options());
    Optional<String> resumePoint = start.takeOver() ? Optional.empty() : resumePoint();
    Submission submission =
        new Submission(
            installation.speedLayerJob(), arguments, resumePoint, configuration.parallelism());
    try {
      submission.to(flink);
    } catch (FlinkRefusedException e) {
      throw new LocalRuntimeException(
          "The speed layer's job was not accepted: "
              + RootCause.thrownByMain(e.reason())
              + "\nSee "
              + data.log(LocalParts.JOB_MANAGER),
          e);
    } catch (FlinkSilentException e) {
      throw new LocalRuntimeException(
          "It is not known whether the speed layer's job was accepted: "
              + e.getMessage()
              + ". See "
              + data.log(LocalParts.JOB_MANAGER)
              + ", and run "
              + data.command("up")
              + " again.",
          e);
    }
    awaitCheckpoint();
    deleteOldSnapshots();
  }

  private void deleteOldSnapshots() {
    Set<String> needed = new HashSet<>();
    flink.lastJob().map(FlinkRest.Job::id).ifPresent(needed::add);
    CommitHead.of(endpoints).map(CommitHead::jobId).ifPresent(needed::add);
    try {
      OldSnapshots.delete(data, needed);
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot delete old checkpoints: " + e, e);
    }
  }

  private Optional<String> resumePoint() {
    return CommitHead.of(endpoints)
        .map(head -> FlinkConfiguration.address(head.resumePoint(data).path()));
  }

  /**
   * Waits until every task of the job runs and it has completed a checkpoint since: one that was
   * asked for here, because what Flink counts may be as old as its tasks' states.
   */
  public void awaitCheckpoint() {
    String[] trigger = {null};
    PartRunner.await(
        PATIENCE,
        () -> {
          try {
            return hasCompleted(trigger);
          } catch (LocalRuntimeException e) {
            trigger[0] = null; // one answer that did not come in time is no end
            return false;
          }
        },
        this::refuseEndedJob,
        () ->
            new LocalRuntimeException(
                "The speed layer's job completed no checkpoint within "
                    + PATIENCE.toSeconds()
                    + " s. It is "
                    + lastState()
                    + "."
                    + lastFailure()
                    + "\nSee "
                    + endpoints.flink()
                    + " and "
                    + data.log("taskmanager")));
  }

  private boolean hasCompleted(String[] trigger) {
    FlinkRest.Job job = flink.lastJob().orElse(null);
    if (job == null || !job.isRunning() || !flink.allTasksRun(job.id())) {
      trigger[0] = null;
      return false;
    }
    if (trigger[0] == null) {
      trigger[0] = flink.triggerCheckpoint(job.id());
    }
    FlinkRest.AskedCheckpoint asked = flink.checkpoint(job.id(), trigger[0]);
    if (asked == FlinkRest.AskedCheckpoint.FAILED) {
      trigger[0] = null;
    }
    return asked == FlinkRest.AskedCheckpoint.COMPLETED;
  }

  private void refuseEndedJob() {
    orWhereSilent(Optional.<FlinkRest.Job>empty(), flink::lastJob)
        .filter(FlinkRest.Job::isEnded)
        .ifPresent(
            job -> {
              throw new LocalRuntimeException(
                  "The speed layer's job ended in state " + job.state() + "." + lastFailure());
            });
  }

  private String lastFailure() {
    String failure =
        orWhereSilent("", () -> flink.lastJob().map(j -> flink.failure(j.id())).orElse(""));
    return failure.isEmpty() ? "" : " Its last failure: " + failure;
  }

  private String lastState() {
    return orWhereSilent(
        "unknown, because Flink does not answer in time",
        () -> flink.lastJob().map(FlinkRest.Job::state).orElse("unknown to Flink"));
  }

  /** Ends the job without a savepoint; nothing happens if none runs. */
  public void cancel() {
    flink.unfinishedJob().ifPresent(this::cancel);
  }

  private void cancel(FlinkRest.Job job) {
    flink.cancel(job.id());
    PartRunner.await(
        PATIENCE,
        () -> orWhereSilent(false, () -> flink.job(job.id()).isEnded()),
        () -> {},
        () ->
            new LocalRuntimeException(
                "The speed layer's job was cancelled, but did not end within "
                    + PATIENCE.toSeconds()
                    + " s. See "
                    + data.log("taskmanager")));
  }

  /** Stops the job with a savepoint, from which the next {@code up} continues. */
  public void stop() {
    flink.unfinishedJob().ifPresent(this::stop);
  }

  private void stop(FlinkRest.Job job) {
    String trigger =
        flink.stopWithSavepoint(job.id(), FlinkConfiguration.address(data.savepoints()));
    PartRunner.await(
        PATIENCE,
        () ->
            orWhereSilent(
                false,
                () ->
                    flink.savepoint(job.id(), trigger).isPresent()
                        && flink.job(job.id()).isEnded()),
        () -> {},
        () ->
            new LocalRuntimeException(
                "The savepoint took longer than " + PATIENCE.toSeconds() + " s."));
  }

  /** What Flink answers, or what counts while no answer comes in time. */
  private static <T> T orWhereSilent(T otherwise, Supplier<T> question) {
    try {
      return question.get();
    } catch (FlinkSilentException e) {
      return otherwise;
    }
  }
}
