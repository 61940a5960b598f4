package dev.weir.local.command;

import dev.weir.local.flink.Start;
import dev.weir.local.lifecycle.EndAtExit;
import dev.weir.local.lifecycle.LocalRuntime;
import dev.weir.local.lifecycle.PipelineInEffect;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartFailedException;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.RuntimeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Start the local parts and submit the pipeline; return when it is ready.",
    description = {
      "",
      "Starts a Kafka broker, PostgreSQL, a Flink session cluster and the serving application, each"
          + " a process of its own on 127.0.0.1, and submits the speed layer. They keep running"
          + " until weir down; Ctrl-C before all are ready ends them. Addresses are written to"
          + " DIR/endpoints.json, logs to DIR/logs.",
      "",
      "What runs already is left alone and what is missing is started, so up also repairs. After"
          + " weir down, or after anything was killed, it continues where it stopped.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir up                            the sample pipeline (deploy/pipeline.yaml)",
      "  weir up --pipeline shop.yaml --data /var/lib/weir"
    })
public final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--pipeline",
      paramLabel = "FILE",
      description =
          "The pipeline's declaration. Without it: the one of the last up in DIR, or else the"
              + " sample.")
  private Optional<Path> pipeline;

  @Mixin private DataOption data;

  @Option(
      names = "--take-over",
      description =
          "Start without the last checkpoint, from the Kafka offsets of the last commit. Only for"
              + " when checkpoints and savepoints are lost.")
  private boolean takeOver;

  @Option(
      names = "--skip-lost-records",
      description =
          "Go on at the oldest records that Kafka has where those to be read next are gone. They"
              + " are missing from the metrics for good.")
  private boolean skipLostRecords;

  @Option(
      names = "--reports",
      paramLabel = "FILE",
      description =
          "Declaration of scheduled reports, see serving/EXPORTS.md. Without it none are made. More"
              + " options of dashboard and API, such as --security on, are taken from the variable"
              + " WEIR_SERVING_OPTIONS, at each start anew.")
  private Optional<Path> reports;

  @Override
  public Integer call() {
    reports
        .filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
        .ifPresent(UpCommand::refuse);
    if (data.isMissing()) {
      pipeline.ifPresent(PipelineInEffect::check);
    }
    DataDirectory directory = data.forStart();
    Progress progress = Progress.onStandardError();
    LocalRuntime runtime =
        new LocalRuntime(
            directory,
            Installation.ofThisProcess(),
            progress,
            RuntimeSettings.USUAL.withReports(reports.map(Path::toAbsolutePath)));
    boolean started = upOrNothing(runtime, directory, progress);
    progress.erase();
    System.out.println(
        started
            ? "Weir is ready in " + directory.root() + "."
            : "Weir is already running in " + directory.root() + ".");
    directory.readEndpoints().ifPresent(UpCommand::print);
    return 0;
  }

  /** After Ctrl-C nothing runs that did not run before. */
  private boolean upOrNothing(LocalRuntime runtime, DataDirectory directory, Progress progress) {
    if (LocalParts.NAMES.stream().anyMatch(runtime::isRunning)) {
      return up(runtime, directory);
    }
    EndAtExit atExit = EndAtExit.of(directory, progress);
    try {
      return up(runtime, directory);
    } finally {
      atExit.cancel();
    }
  }

  private boolean up(LocalRuntime runtime, DataDirectory directory) {
    try {
      return runtime.up(pipeline, new Start(takeOver, skipLostRecords));
    } catch (PartFailedException e) {
      throw new LocalRuntimeException(
          e.getMessage()
              + "\nThe other parts run on. Once that is mended, the same command again goes on from here; to end"
              + " them, as before a change of the pipeline: "
              + directory.command("down"),
          e);
    }
  }

  private static void refuse(Path reports) {
    throw new LocalRuntimeException(
        "There is no readable file of reports " + reports.toAbsolutePath() + ".");
  }

  static void print(Endpoints endpoints) {
    System.out.println("  dashboard and API   " + endpoints.serving());
    System.out.println("  Flink web UI        " + endpoints.flink());
    System.out.println("  Kafka               " + endpoints.kafka());
    System.out.println(
        "  PostgreSQL          " + endpoints.jdbcUrl() + "  user " + endpoints.user());
  }
}
