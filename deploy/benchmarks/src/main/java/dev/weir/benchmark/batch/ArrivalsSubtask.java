package dev.weir.benchmark.batch;

import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchivePaths;
import dev.weir.archive.ArchiveSchema;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.WebShopRecord;
import dev.weir.benchmark.stream.WebShopStream;
import dev.weir.event.DecodeResult;
import dev.weir.event.EventDecoder;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.parquet.io.LocalOutputFile;

/**
 * Archives one partition of a generated stream the way one subtask of the speed layer does, a file
 * per commit; resends are kept, as those beyond the deduplication horizon are. Not thread safe.
 */
final class ArrivalsSubtask {
  private static final int SOURCE = 0;
  private static final String TOPIC = "events";

  private final Path archive;
  private final ArchiveSchema schema;
  private final EventDecoder decoder;
  private final EventSeries series;
  private final WebShopStream stream;
  private final int partition;
  private final ExpectedTraffic expected = new ExpectedTraffic();
  private long offset;

  ArrivalsSubtask(Pipeline pipeline, Path archive, WebShopStream stream, int partition) {
    this.archive = archive;
    this.schema = ArchiveSchema.of(pipeline);
    this.decoder = EventDecoders.forSource(pipeline, SOURCE);
    this.series = new EventSeries(pipeline);
    this.stream = stream;
    this.partition = partition;
  }

  /** Archives that many events; malformed records are passed over. */
  ArrivalsEpoch write(long rows) throws IOException {
    String path =
        ArchivePaths.arrivals(
            Instant.now(),
            UUID.nameUUIDFromBytes((partition + "/" + offset).getBytes(StandardCharsets.US_ASCII)));
    Path file = archive.resolve(path);
    Files.createDirectories(file.getParent());
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(new LocalOutputFile(file), path, ArchiveKind.ARRIVALS, schema);
    while (writer.rows() < rows) {
      WebShopRecord record = stream.next();
      RawRecord raw =
          new RawRecord(SOURCE, TOPIC, partition, offset, record.recordMillis(), record.json());
      if (decoder.decode(raw) instanceof DecodeResult.Decoded decoded) {
        expected.add(record);
        offset++;
        writer.write(decoded.event());
        series.add(decoded.event());
      }
    }
    return new ArrivalsEpoch(List.of(writer.close()), series.take(), partition, offset);
  }

  /** What the batch view must serve of everything archived so far. */
  ExpectedTraffic expected() {
    return expected;
  }
}
