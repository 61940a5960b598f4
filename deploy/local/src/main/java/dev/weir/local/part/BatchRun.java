package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.JavaCommand;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.util.List;

/** The batch layer's job, run by spark-submit on this machine. */
public final class BatchRun {
  private static final int HEAP_MEGABYTES = 1536;

  private final DataDirectory data;
  private final Installation installation;
  private final Pipeline pipeline;

  public BatchRun(DataDirectory data, Installation installation, Pipeline pipeline) {
    this.data = data;
    this.installation = installation;
    this.pipeline = pipeline;
  }

  /**
   * Runs with this process's input and output, and returns the job's exit code.
   *
   * @param command what the job is to do: run, verify, repair, rollback or rewind
   */
  public int inForeground(String command, List<String> options) {
    return run(process(command, options).inheritIO());
  }

  /**
   * Recomputes with its output in {@code logs/batch.log}, and returns the job's exit code.
   *
   * @param options the hours; none for those that changed
   */
  public int quietly(List<String> options) {
    return quietly("run", options);
  }

  /** Does that with its output in {@code logs/batch.log}, and returns the job's exit code. */
  public int quietly(String command, List<String> options) {
    return run(
        process(command, options)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log("batch").toFile())));
  }

  private ProcessBuilder process(String what, List<String> options) {
    Endpoints endpoints = data.endpointsOfParts();
    JavaCommand command =
        new JavaCommand(data, HEAP_MEGABYTES)
            .opened()
            .compilingLate()
            .option("-Dlog4j2.configurationFile=" + LogConfiguration.writeQuiet(data, "batch"))
            .lib(installation.sparkLib())
            .run("org.apache.spark.deploy.SparkSubmit", "--master", "local[2]")
            .run("--driver-memory", HEAP_MEGABYTES + "m")
            .run("--conf", "spark.ui.enabled=false")
            .run("--conf", "spark.driver.bindAddress=127.0.0.1")
            .run("--conf", "spark.driver.host=127.0.0.1")
            .run("--class", "dev.weir.batch.BatchLayerJob")
            .run(installation.batchLayerJob().toString(), what)
            .run("--pipeline", data.pipeline().toString())
            .run("--database.url", endpoints.jobsJdbcUrl())
            .run("--database.user", endpoints.user());
    if (pipeline.archive() == null) {
      command.run("--archive", data.archive().toUri().toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command.run(options.toArray(String[]::new)).words());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", data.folder("spark").toString());
    return builder;
  }

  private static int run(ProcessBuilder builder) {
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot run spark-submit: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }
}
