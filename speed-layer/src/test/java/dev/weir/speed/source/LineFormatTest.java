package dev.weir.speed.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.RawRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-05-05T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  private FileSourceSplit split(String name, String text, CheckpointedPosition position)
      throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      out.write(text.getBytes(UTF_8));
    }
    long length = Files.size(file);
    return new FileSourceSplit(
        "1",
        new org.apache.flink.core.fs.Path(file.toUri()),
        0,
        length,
        0,
        length,
        new String[0],
        position);
  }

  private static List<RecordAndPosition<RawRecord>> readAll(BulkFormat.Reader<RawRecord> reader)
      throws IOException {
    List<RecordAndPosition<RawRecord>> all = new ArrayList<>();
    try (reader) {
      for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
        for (var record = batch.next(); record != null; record = batch.next()) {
          all.add(record);
        }
        batch.releaseBatch();
      }
    }
    return all;
  }

  private static List<String> texts(List<RecordAndPosition<RawRecord>> records) {
    return records.stream().map(each -> new String(each.getRecord().value(), UTF_8)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.log", "packed.log.gz"})
  void resumesBehindAnyRecord(String name) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2_500; i++) {
      text.append("line ").append(i).append('\n');
    }
    LineFormat format = new LineFormat(3, NOON, Map.of());
    FileSourceSplit whole = split(name, text.toString(), null);
    var all = readAll(format.createReader(new Configuration(), whole));
    assertThat(all).hasSize(2_500);
    RawRecord second = all.get(1).getRecord();
    assertThat(second.source()).isEqualTo(3);
    assertThat(second.topic()).endsWith(name).startsWith("file:");
    assertThat(second.partition()).isZero();
    assertThat(second.offset()).isEqualTo(7);
    assertThat(second.recordMillis()).isEqualTo(NOON.millis());
    for (int i : new int[] {0, 1, 999, 1_000, 2_498, 2_499}) {
      CheckpointedPosition position =
          new CheckpointedPosition(all.get(i).getOffset(), all.get(i).getRecordSkipCount());
      FileSourceSplit rest = split(name, text.toString(), position);
      assertThat(texts(readAll(format.restoreReader(new Configuration(), rest))))
          .isEqualTo(texts(all).subList(i + 1, all.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.log", "packed.log.gz"})
  void startsBehindTheLastLineThatTheLedgerKnows(String name) throws IOException {
    FileSourceSplit split = split(name, "first\nsecond\nthird\n", null);
    String path = split.path().toString();
    long startOfSecond = 6;
    LineFormat takesOver = new LineFormat(0, NOON, Map.of(path, startOfSecond + 1));
    assertThat(texts(readAll(takesOver.createReader(new Configuration(), split))))
        .containsExactly("third");
    LineFormat neverReadIt = new LineFormat(0, NOON, Map.of("another file", 7L));
    assertThat(texts(readAll(neverReadIt.createReader(new Configuration(), split))))
        .containsExactly("first", "second", "third");
  }

  @Test
  void saysWhichFileCannotBeRead() throws IOException {
    FileSourceSplit split = split("broken.gz", "x", null);
    Files.writeString(folder.resolve("broken.gz"), "this is not gzip");
    assertThatThrownBy(
            () -> new LineFormat(0, NOON, Map.of()).createReader(new Configuration(), split))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.gz from byte 0");
  }
}
