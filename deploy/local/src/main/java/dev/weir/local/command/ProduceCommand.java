package dev.weir.local.command;

import dev.weir.local.lifecycle.PipelineInEffect;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.produce.LineProducer;
import dev.weir.local.produce.LineReader;
import dev.weir.local.produce.Pace;
import dev.weir.local.produce.RecordKey;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir produce}. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Send the lines of a file to a source's topic.",
    description = {
      "",
      "Every line becomes one record of at most 1 MiB, byte for byte, also a line that is no valid"
          + " event: it will be a dead letter. A line of a JSON source gets its event id as the key (or else its first"
          + " identifier), so that a resend lands in the same partition; other lines get none.",
      "Records are acknowledged by the broker before the command ends. Running it twice sends"
          + " everything twice.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir produce access deploy/sample/apache_logs.gz",
      "  tail -F shop.json | weir produce clicks -",
      "  weir produce clicks history.json --rate 500"
    })
public final class ProduceCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SOURCE", description = "A source of the pipeline.")
  private String source;

  @Parameters(
      index = "1",
      paramLabel = "FILE|-",
      description = "Plain or gzip (told by its first bytes); - is standard input.")
  private String file;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = LinesPerSecond.class,
      description = "At most so many lines a second. Without it: as fast as the broker takes them.")
  private Optional<Double> rate;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws IOException {
    DataDirectory directory = data.existing();
    Pipeline pipeline = PipelineInEffect.of(directory);
    Source.KafkaTopic topic = topic(pipeline);
    Endpoints endpoints = directory.endpointsOfParts();
    new PartRunner(directory).requireRunning(LocalParts.KAFKA, "Kafka");
    try (LineReader lines = LineReader.open(file);
        LineProducer producer =
            new LineProducer(endpoints.kafka(), topic.topic(), RecordKey.of(pipeline, topic))) {
      send(lines, producer);
    }
    return 0;
  }

  private void send(LineReader lines, LineProducer producer) throws IOException {
    try {
      producer.sendAll(lines, Pace.perSecond(rate.orElse(0.0)));
    } catch (EOFException | ZipException e) {
      throw new LocalRuntimeException(
          "The gzip file %s is damaged or cut off; what could be read of it was sent: %d lines."
              .formatted(file, producer.sent()),
          e);
    }
  }

  private Source.KafkaTopic topic(Pipeline pipeline) {
    List<String> names = pipeline.sources().stream().map(Source::name).toList();
    Source found =
        pipeline.sources().stream()
            .filter(s -> s.name().equals(source))
            .findFirst()
            .orElseThrow(
                () ->
                    new LocalRuntimeException(
                        "The pipeline has no source "
                            + source
                            + ". Its sources: "
                            + String.join(", ", names)
                            + "."));
    if (found instanceof Source.Directory directory) {
      throw new LocalRuntimeException(
          "Source "
              + source
              + " reads the files of a directory. Put the file there: "
              + directory.directory());
    }
    return (Source.KafkaTopic) found;
  }
}
