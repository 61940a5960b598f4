package dev.weir.faults.system;

import dev.weir.faults.proxy.PostgresProxy;
import dev.weir.local.flink.FlinkRest;
import dev.weir.local.flink.SpeedLayer;
import dev.weir.local.flink.Start;
import dev.weir.local.lifecycle.EndAtExit;
import dev.weir.local.lifecycle.LocalRuntime;
import dev.weir.local.part.BatchRun;
import dev.weir.local.part.PartRunner;
import dev.weir.local.part.PartStopper;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.RuntimeSettings;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real parts as {@code weir up} starts them, in a folder of their own; the two jobs reach
 * PostgreSQL through a {@link PostgresProxy}, everything else directly. Closing it ends all of them
 * without ceremony, and so does the end of this process.
 */
public final class FaultRuntime implements AutoCloseable {
  /**
   * Changes are seen and failures noticed soon, and a job that failed often is not kept waiting for
   * it.
   */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "web.refresh-interval", "100",
          "heartbeat.interval", "1000",
          "heartbeat.timeout", "8000",
          "restart-strategy.exponential-delay.reset-backoff-threshold", "5 s",
          "execution.checkpointing.timeout", "15 s");

  private static final Progress SILENT =
      new Progress(new PrintStream(OutputStream.nullOutputStream()), false);

  private final DataDirectory data;
  private final EndAtExit atExit;
  private final Installation installation = Installation.ofThisProcess();
  private final Path declaration;
  private final Pipeline pipeline;
  private final PartRunner parts;
  private final Map<String, String> flink = new HashMap<>(IMPATIENT);
  private volatile PostgresProxy proxy;

  /**
   * Prepares a runtime; {@link #up} starts it.
   *
   * @param root an empty or missing folder
   * @param declaration the text of a pipeline.yaml
   */
  public FaultRuntime(Path root, String declaration) {
    this.data = DataDirectory.create(root);
    this.atExit = EndAtExit.of(data, Progress.onStandardError());
    this.parts = new PartRunner(data);
    this.declaration = root.resolve("declared.yaml");
    try {
      Files.writeString(this.declaration, declaration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.pipeline = PipelineReader.read(declaration);
    flink.put("parallelism.default", "2");
  }

  /**
   * Starts what does not run and returns when the job has made a checkpoint.
   *
   * @throws LocalRuntimeException if it cannot, now
   */
  public void up() {
    boolean unused = runtime().up(Optional.of(declaration), Start.CONTINUE);
  }

  /** Whether every part runs, and a job that has not ended. */
  public boolean isUp() {
    return runtime().isUp();
  }

  private LocalRuntime runtime() {
    return new LocalRuntime(data, installation, SILENT, settings());
  }

  private RuntimeSettings settings() {
    return new RuntimeSettings(this::proxyBefore, flink);
  }

  private int proxyBefore(int serverPort) {
    if (proxy == null || proxy.serverPort() != serverPort) {
      if (proxy != null) {
        proxy.close();
      }
      proxy = PostgresProxy.before(serverPort);
    }
    return proxy.port();
  }

  public PostgresProxy proxy() {
    return proxy;
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  public DataDirectory data() {
    return data;
  }

  public Installation installation() {
    return installation;
  }

  public Endpoints endpoints() {
    return data.readEndpoints().orElseThrow();
  }

  public FlinkRest flink() {
    return new FlinkRest(endpoints().flink());
  }

  /** A connection to the database that does not pass the proxy; the caller closes it. */
  public Connection connect() throws SQLException {
    Endpoints endpoints = endpoints();
    return DriverManager.getConnection(
        endpoints.jdbcUrl() + "?connectTimeout=5&loginTimeout=5&ApplicationName=faults",
        endpoints.user(),
        "");
  }

  /** The process of a part, by its name in {@code LocalParts}. */
  public ProcessHandle process(String part) {
    return parts
        .record(part)
        .flatMap(r -> r.process())
        .orElseThrow(() -> new IllegalStateException("part " + part + " does not run"));
  }

  /**
   * SIGKILL to a part and its children; returns when they are gone.
   *
   * @return its pid
   */
  public long kill(String part) throws InterruptedException {
    ProcessHandle process = process(part);
    Processes.kill(process);
    return process.pid();
  }

  /** Runs the batch layer to its end, its output in {@code logs/batch.log}; its exit code. */
  public int batch(String... options) {
    return new BatchRun(data, installation, pipeline).quietly(List.of(options));
  }

  /** Lets the batch layer audit everything, changing nothing; 0 if it finds no damage. */
  public int verify() {
    return new BatchRun(data, installation, pipeline).quietly("verify", List.of());
  }

  /** The Spark driver, if a batch run is at work. */
  public Optional<ProcessHandle> batchDriver() {
    return new PartStopper(data, parts).batchDriver();
  }

  /** Stops the job with a savepoint; {@link #up} continues from it. */
  public void stopJob() {
    new SpeedLayer(data, installation, endpoints()).stop();
  }

  /** How parallel the job is from its next submission on. */
  public void parallelism(int parallelism) {
    flink.put("parallelism.default", Integer.toString(parallelism));
  }

  public int parallelism() {
    return Integer.parseInt(flink.get("parallelism.default"));
  }

  /** Starts the TaskManager if it does not run, and nothing else; the job comes back by itself. */
  public void startTaskManager() {
    parts.start(StandbyTaskManager.own(data, installation, flink));
  }

  /** A second TaskManager, beside the part of that name; {@link #up} would end it. */
  public StandbyTaskManager standby() {
    return StandbyTaskManager.start(data, installation, flink, parts);
  }

  @Override
  public void close() {
    if (proxy != null) {
      proxy.close();
    }
    runtime().kill();
    atExit.cancel();
  }
}
