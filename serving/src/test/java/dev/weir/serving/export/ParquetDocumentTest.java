package dev.weir.serving.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.serving.cube.Granularity;
import dev.weir.serving.cube.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;

class ParquetDocumentTest {
  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void hasTypedColumns() throws IOException {
    ParquetRows rows =
        ParquetRows.of(
            SampleAnswer.written(
                ExportFormat.PARQUET, SampleAnswer.head(Granularity.HOUR, "live"), List.of()));

    assertThat(rows.schema().toString())
        .contains(
            "optional int64 bucket (TIMESTAMP(MILLIS,true))",
            "optional binary event_type (STRING)",
            "optional int64 event_count",
            "optional fixed_len_byte_array(16) value_sum (DECIMAL(38,3))",
            "optional int64 user_id_distinct",
            "optional binary status (STRING)");
    assertThat(rows.rows()).isEmpty();
    assertThat(rows.metadata())
        .containsEntry("weir.cube", "traffic")
        .containsEntry("weir.status", "live")
        .containsEntry("weir.version", "7")
        .containsEntry("weir.watermark", "2026-03-02T00:10:00Z")
        .containsEntry("weir.late_events", "12");
  }

  @Test
  void holdsEveryDigit() throws IOException {
    ParquetRows rows =
        ParquetRows.of(
            SampleAnswer.written(
                ExportFormat.PARQUET,
                SampleAnswer.head(Granularity.HOUR, "live"),
                List.of(
                    SampleAnswer.row(TEN, "buy", null, 3, "-12345678901234567890.125"),
                    SampleAnswer.row(TEN, "=1+1", "DE", 4, null))));

    Group first = rows.rows().get(0);
    assertThat(first.getLong("bucket", 0)).isEqualTo(TEN.toEpochMilli());
    assertThat(first.getString("event_type", 0)).isEqualTo("buy");
    assertThat(first.getFieldRepetitionCount("country")).isZero();
    assertThat(first.getLong("event_count", 0)).isEqualTo(3);
    assertThat(ParquetRows.decimal(first, "value_sum", 3)).isEqualTo("-12345678901234567890.125");
    Group second = rows.rows().get(1);
    assertThat(second.getString("event_type", 0)).isEqualTo("=1+1");
    assertThat(second.getFieldRepetitionCount("value_sum")).isZero();
  }

  @Test
  void writesSeveralRowGroups() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Document document = new ParquetDocument(out, 100_000)) {
      RowSink table = document.table("traffic", SampleAnswer.query(Granularity.MINUTE));
      table.begin(SampleAnswer.head(Granularity.MINUTE, "live"));
      for (int i = 0; i < 20_000; i++) {
        table.row(SampleAnswer.row(TEN.plusSeconds(i), "type " + i, "DE", i, i + ".125"));
      }
      document.end();
    }
    ParquetRows read = ParquetRows.of(out.toByteArray());

    assertThat(read.rowGroups()).isGreaterThan(1);
    assertThat(read.rows()).hasSize(20_000);
    assertThat(read.rows().get(19_999).getString("event_type", 0)).isEqualTo("type 19999");
  }

  /** The application has no Hadoop; only the reader that the tests use does. */
  @Test
  void needsNoHadoop() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader withoutHadoop = new WithoutHadoop(classPath.toArray(URL[]::new))) {
      Callable<?> writing =
          (Callable<?>)
              withoutHadoop
                  .loadClass(Writing.class.getName())
                  .getDeclaredConstructor()
                  .newInstance();

      assertThat(writing.getClass()).isNotEqualTo(Writing.class);
      assertThat((Integer) writing.call()).isGreaterThan(500);
    }
  }

  /** Writes a file; gives its length. */
  public static final class Writing implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      return SampleAnswer.written(
              ExportFormat.PARQUET,
              SampleAnswer.head(Granularity.HOUR, "live"),
              List.of(SampleAnswer.row(TEN, "buy", "DE", 3, "0.125")))
          .length;
    }
  }

  private static final class WithoutHadoop extends URLClassLoader {
    WithoutHadoop(URL[] classPath) {
      super(classPath, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.hadoop.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void refusesWhatItsDecimalsCannotHold() {
    assertThatThrownBy(
            () ->
                SampleAnswer.written(
                    ExportFormat.PARQUET,
                    SampleAnswer.head(Granularity.HOUR, "live"),
                    List.of(SampleAnswer.row(TEN, "buy", "DE", 3, "1" + "0".repeat(36)))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has more digits than Parquet's decimals: ask for CSV instead");
  }
}
