package dev.weir.benchmark.stage;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.DuplicateKey;
import dev.weir.event.Event;
import dev.weir.event.EventDecoder;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.io.LocalOutputFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Nanoseconds per event of each stage that shared-model holds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(WebShopBatch.RECORDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StageBenchmark {

  /** JSON bytes to a canonical event. */
  @Benchmark
  public void decodeJson(WebShopBatch batch, Blackhole hole) {
    EventDecoder decoder = EventDecoders.forSource(batch.pipeline, 0);
    for (RawRecord record : batch.records) {
      hole.consume(decoder.decode(record));
    }
  }

  /** The fingerprint that duplicates are found by. */
  @Benchmark
  public long fingerprint(WebShopBatch batch) {
    DuplicateKey key = new DuplicateKey(List.of("clicks"));
    long sum = 0;
    for (Event event : batch.events) {
      sum += key.set(0, event.idUtf8(), event.hourMillis()).low();
    }
    return sum;
  }

  /** An event into one aggregate, the identifier's hash included. */
  @Benchmark
  public MinuteAggregate addToAggregate(WebShopBatch batch) {
    MinuteAggregate aggregate = MinuteAggregate.empty(batch.pipeline.cubes().get(0).layout());
    long[] identifierHashes = new long[1];
    for (Event event : batch.events) {
      byte[] identifier = event.identifiersUtf8()[0];
      identifierHashes[0] = HyperLogLog.hash(identifier, 0, identifier.length);
      aggregate.add(event.numbers(), event.numbersPresent(), identifierHashes, 1);
    }
    return aggregate;
  }

  /** An event into a Parquet file, its hash included; one file of all events. */
  @Benchmark
  public Object writeArchive(WebShopBatch batch) throws IOException {
    Path file = Files.createTempFile("weir-stage", ".parquet");
    Files.delete(file);
    try {
      ArchiveFileWriter writer =
          ArchiveFileWriter.open(
              new LocalOutputFile(file),
              file.getFileName().toString(),
              ArchiveKind.ARRIVALS,
              ArchiveSchema.of(batch.pipeline));
      for (Event event : batch.events) {
        writer.write(event);
      }
      return writer.close();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
