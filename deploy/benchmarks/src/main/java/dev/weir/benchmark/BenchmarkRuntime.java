package dev.weir.benchmark;

import dev.weir.local.flink.SpeedLayer;
import dev.weir.local.flink.Start;
import dev.weir.local.lifecycle.LocalRuntime;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.part.PartStopper;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.PartRecord;
import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.RuntimeSettings;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The local runtime in a folder of its own, running the benchmarks' pipeline: the same parts and
 * processes as {@code weir up}, and but for {@link #COUNTED_OFTEN} the same settings. Closing it
 * ends the parts.
 */
public final class BenchmarkRuntime implements AutoCloseable {
  /** How old the JobManager's counts of a job may be, milliseconds; older ones it fetches anew. */
  private static final Map<String, String> COUNTED_OFTEN =
      Map.of("metrics.fetcher.update-interval", "500");

  private final DataDirectory data;
  private final Installation installation;
  private final LocalRuntime runtime;
  private final PartRunner parts;
  private final Path pipelineFile;

  /**
   * Prepares a runtime; nothing is started yet.
   *
   * @param root an empty or missing folder
   * @param duplicateScope {@code topic} or {@code partition}
   */
  public BenchmarkRuntime(Path root, String duplicateScope) {
    this(DataDirectory.create(root), declaration(duplicateScope));
  }

  /** Prepares a runtime that runs another pipeline, in an empty or missing folder. */
  public static BenchmarkRuntime declaring(Path root, String yaml) {
    return new BenchmarkRuntime(DataDirectory.create(root), yaml);
  }

  private BenchmarkRuntime(DataDirectory data, String yaml) {
    this.data = data;
    this.installation = Installation.ofThisProcess();
    RuntimeSettings counted = new RuntimeSettings(IntUnaryOperator.identity(), COUNTED_OFTEN);
    this.runtime = new LocalRuntime(data, installation, Progress.onStandardError(), counted);
    this.parts = new PartRunner(data);
    this.pipelineFile = data.root().resolve("benchmark.yaml");
    try {
      Files.writeString(pipelineFile, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + pipelineFile, e);
    }
  }

  /** The benchmarks' pipeline. */
  public static Pipeline pipeline(String duplicateScope) {
    return PipelineReader.read(declaration(duplicateScope));
  }

  /** Its declaration, without an archive. */
  public static String declaration(String duplicateScope) {
    try (InputStream yaml = BenchmarkRuntime.class.getResourceAsStream("benchmark.yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
          .replace("scope: topic", "scope: " + duplicateScope);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its declaration with one cube alone, of 24 series: all that peers compute. */
  public static String oneCube() {
    String all = declaration("topic");
    String one = all.replaceFirst("(?s)  - name: routes.*?(?=commit:)", "");
    if (PipelineReader.read(one).cubes().size() != 1) {
      throw new IllegalStateException(
          "the benchmarks' pipeline has other cubes than these:\n" + one);
    }
    return one;
  }

  /** Starts what does not run, the speed layer included, which continues where it stopped. */
  public void up() {
    runtime.up(Optional.of(pipelineFile), Start.CONTINUE);
  }

  /** Stops the speed layer with a savepoint; the other parts keep running. */
  public void stopSpeedLayer() {
    new SpeedLayer(data, installation, endpoints()).stop();
  }

  /** Ends all parts of Weir's own without a savepoint; broker and database keep running. */
  public void keepBrokerAndDatabase() {
    PartStopper stopper = new PartStopper(data, parts);
    stopper.kill(List.of(LocalParts.TASK_MANAGER, LocalParts.JOB_MANAGER));
    stopper.stop(List.of(LocalParts.SERVING));
  }

  public Pipeline pipeline() {
    return PipelineReader.read(pipelineFile);
  }

  public Endpoints endpoints() {
    return data.readEndpoints().orElseThrow();
  }

  public DataDirectory data() {
    return data;
  }

  public Installation installation() {
    return installation;
  }

  /** The process of a part, by its name in {@code LocalParts}. */
  public long pid(String part) {
    return parts.record(part).map(PartRecord::pid).orElseThrow();
  }

  /** A connection to the serving database; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(endpoints().jdbcUrl(), endpoints().user(), "");
  }

  @Override
  public void close() {
    runtime.down();
  }
}
