package dev.weir.speed;

import dev.weir.event.RawRecord;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.speed.combine.LiveOutput;
import dev.weir.speed.commit.CommitLogReader;
import dev.weir.speed.commit.CommitSink;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.SchemaCheck;
import dev.weir.speed.commit.StartingPoint;
import dev.weir.speed.source.Sources;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Starts the speed layer: reads the options and the pipeline, checks the database, and submits the
 * dataflow. Runs unchanged in a session cluster.
 */
public final class SpeedLayerJob {
  private SpeedLayerJob() {}

  /**
   * Submits the job, or prints the options for {@code --help}.
   *
   * @param args see {@link SpeedLayerOptions.Option}
   * @throws IllegalArgumentException with every mistake in the command line
   * @throws dev.weir.pipeline.InvalidPipelineException with every mistake in the declaration
   * @throws IllegalStateException if the database is not ready for this pipeline
   */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.print(SpeedLayerOptions.help());
      return;
    }
    SpeedLayerOptions options = SpeedLayerOptions.parse(args, System.getenv());
    Pipeline declared = PipelineReader.read(options.pipeline());
    URI archive = options.archive().orElse(declared.archive());
    if (archive == null) {
      throw new IllegalArgumentException(
          "neither --archive nor the pipeline says where the archive is;"
              + " write archive: file:///... into "
              + options.pipeline());
    }
    PipelineDeclaration declaration =
        PipelineDeclaration.of(Files.readString(options.pipeline()), archive);
    Pipeline pipeline = declaration.pipeline();
    DatabaseAddress database =
        new DatabaseAddress(
            options.databaseUrl(), options.databaseUser(), options.databasePassword());
    SchemaCheck.check(database, pipeline);
    Optional<StartingPoint> takeOver =
        options.takeOver()
            ? Optional.of(CommitLogReader.startingPoint(database))
            : Optional.empty();

    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            SpeedLayerConfiguration.of(pipeline, options.checkpoints()));
    List<DataStream<RawRecord>> records =
        new Sources(
                pipeline, options.kafka(), takeOver, options.skipLostRecords(), Clock.systemUTC())
            .addTo(env);
    LiveOutput.Opener live = new PreviewOutput(database, declaration);
    DataStream<EpochPart> parts = SpeedPipeline.defineWorkflow(declaration, records, live);
    CommitSink.attach(parts, pipeline, database, archive, takeOver);
    env.execute();
  }
}
