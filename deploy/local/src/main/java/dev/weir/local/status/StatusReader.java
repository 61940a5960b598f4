package dev.weir.local.status;

import dev.weir.local.flink.CommitHead;
import dev.weir.local.flink.FlinkRest;
import dev.weir.local.lifecycle.PipelineInEffect;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.DirectoryLock;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.PartRecord;
import dev.weir.local.sql.ServingDatabase;
import dev.weir.local.status.StatusReport.JobState;
import dev.weir.local.status.StatusReport.PartState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the parts, the job and the database, and says what is wrong. */
public final class StatusReader {
  /** A checkpoint may be so many intervals late, and at least half a minute. */
  private static final int INTERVALS = 3;

  private static final Duration SLACK = Duration.ofSeconds(30);

  private final DataDirectory data;
  private final Clock clock;
  private final List<String> problems = new ArrayList<>();

  public StatusReader(DataDirectory data, Clock clock) {
    this.data = data;
    this.clock = clock;
  }

  public StatusReport read() {
    problems.clear();
    boolean changing = DirectoryLock.isHeld(data);
    Map<String, PartRecord> running = running();
    Optional<Endpoints> endpoints = running.isEmpty() ? Optional.empty() : data.readEndpoints();
    List<PartState> parts = parts(running, endpoints);
    if (running.isEmpty()) {
      problems.clear();
      problems.add("Nothing runs. " + data.command("up") + " starts it, with the totals it had.");
    }
    Optional<JobState> job = endpoints.flatMap(this::job);
    Optional<ServedFigures> figures = endpoints.flatMap(this::figures);
    if (!problems.isEmpty() && (changing || DirectoryLock.isHeld(data))) {
      // What is missing may be on its way.
      problems.clear();
      problems.add(
          "Another weir command is starting or stopping the parts. Ask again when it has ended.");
    }
    figures.ifPresent(this::judge);
    return new StatusReport(parts, job, figures, List.copyOf(problems));
  }

  /** The parts that run, by name. */
  private Map<String, PartRecord> running() {
    PartRunner runner = new PartRunner(data);
    Map<String, PartRecord> running = new HashMap<>();
    for (String name : LocalParts.NAMES) {
      runner
          .record(name)
          .filter(PartRecord::isAlive)
          .ifPresent(record -> running.put(name, record));
    }
    return running;
  }

  private List<PartState> parts(Map<String, PartRecord> running, Optional<Endpoints> endpoints) {
    List<PartState> parts = new ArrayList<>();
    for (String name : LocalParts.NAMES) {
      PartRecord record = running.get(name);
      if (record != null) {
        String address = endpoints.map(all -> address(name, all)).orElse("");
        parts.add(new PartState(name, true, record.pid(), address));
        continue;
      }
      parts.add(new PartState(name, false, 0, ""));
      problems.add(
          "Part "
              + name
              + " does not run. "
              + data.command("up")
              + " starts it; its log is "
              + data.log(name));
    }
    return parts;
  }

  private static String address(String part, Endpoints endpoints) {
    return switch (part) {
      case LocalParts.KAFKA -> endpoints.kafka();
      case LocalParts.POSTGRES -> endpoints.jdbcUrl();
      case LocalParts.JOB_MANAGER -> endpoints.flink();
      case LocalParts.SERVING -> endpoints.serving();
      default -> "";
    };
  }

  private Optional<JobState> job(Endpoints endpoints) {
    FlinkRest flink = new FlinkRest(endpoints.flink());
    try {
      Optional<FlinkRest.Job> job = flink.unfinishedJob().or(flink::lastJob);
      if (job.isEmpty()) {
        problems.add("The speed layer is not submitted. " + data.command("up") + " submits it.");
        return Optional.empty();
      }
      JobState state = state(flink, job.get());
      judge(endpoints, job.get(), state);
      return Optional.of(state);
    } catch (LocalRuntimeException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private JobState state(FlinkRest flink, FlinkRest.Job job) {
    FlinkRest.Checkpoints checkpoints = flink.checkpoints(job.id());
    long age = checkpoints.lastMillis() == 0 ? -1 : clock.millis() - checkpoints.lastMillis();
    return new JobState(
        job.id(), job.state(), flink.restarts(job.id()), checkpoints.completed(), age);
  }

  private void judge(Endpoints endpoints, FlinkRest.Job found, JobState state) {
    if (!found.isRunning()) {
      String failure = new FlinkRest(endpoints.flink()).failure(state.id());
      String job = "The speed layer's job is " + state.state();
      String said = failure.isEmpty() ? job + "." : job + ". Its last failure: " + failure;
      String condition = failure.isEmpty() ? "\n  " : "\n  Once that is set right: ";
      problems.add(found.isEnded() ? said + condition + wayOn(endpoints) : said);
      return;
    }
    Duration allowed = PipelineInEffect.of(data).commit().multipliedBy(INTERVALS).plus(SLACK);
    if (state.checkpointAgeMillis() > allowed.toMillis()) {
      problems.add(
          "The last checkpoint is "
              + state.checkpointAgeMillis() / 1000
              + " s old; one is due every "
              + PipelineInEffect.of(data).commit().toSeconds()
              + " s. See "
              + data.log(LocalParts.TASK_MANAGER));
    }
  }

  /** What to do about a job that has ended. */
  private String wayOn(Endpoints endpoints) {
    try {
      return CommitHead.of(endpoints).map(this::wayOn).orElse(data.command("up") + " starts it.");
    } catch (LocalRuntimeException e) {
      return data.command("up")
          + " starts it."; // that the database does not answer is a problem of its own
    }
  }

  private String wayOn(CommitHead head) {
    String rewound =
        head.rewound()
            ? "weir rewind made commit " + head.commit() + " the head and left the job stopped; "
            : "";
    return rewound
        + (head.snapshot(data).isPresent()
            ? data.command("up") + " resumes it."
            : "its checkpoint is gone, so "
                + data.command("up --take-over")
                + " starts it from the Kafka offsets of commit "
                + head.commit()
                + ".");
  }

  private Optional<ServedFigures> figures(Endpoints endpoints) {
    try (Connection connection = ServingDatabase.connect(endpoints)) {
      return Optional.of(new FiguresReader(connection).read());
    } catch (SQLException | LocalRuntimeException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private void judge(ServedFigures figures) {
    for (ServedFigures.Conservation source : figures.sources()) {
      if (!source.holds()) {
        problems.add(
            "Source "
                + source.source()
                + ": in is not counted + duplicate + dead-lettered + filtered.");
      }
    }
    judge(figures.checks());
  }

  private void judge(ServedFigures.Checks checks) {
    Stream.of(checks.lastRun(), checks.lastAudit())
        .flatMap(Optional::stream)
        .filter(run -> run.state().equals("failed") && run.message() != null)
        .forEach(
            run ->
                problems.add(
                    "Batch layer: "
                        + run.kind()
                        + " "
                        + run.version()
                        + " failed: "
                        + run.message()));
    if (checks.disagreements() > 0) {
      problems.add(DisagreementText.of(checks.disagreements(), checks.first(), data::command));
    }
  }
}
