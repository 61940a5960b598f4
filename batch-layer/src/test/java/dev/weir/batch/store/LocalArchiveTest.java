package dev.weir.batch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalArchiveTest {
  private static final String PATH = "hours/event_date=2026-03-01/event_hour=08/v1-0.parquet";

  @TempDir Path root;

  @Test
  void writesInNewFoldersAndReplacesAnEarlierAttempt() throws IOException {
    ArchiveStore store = ArchiveStore.of(root.resolve("not yet there").toUri());
    write(store, "first attempt, longer");
    write(store, "second");

    assertThat(root.resolve("not yet there").resolve(PATH)).hasContent("second");
    assertThat(root.resolve("not yet there").resolve(PATH).getParent().toFile().list()).hasSize(1);
  }

  @Test
  void saysWhenAFileDoesNotExist() {
    ArchiveStore store = ArchiveStore.of(root.toUri());
    assertThatThrownBy(() -> store.input(PATH)).hasMessage("the file does not exist");
  }

  @Test
  void aFileThatIsNoParquetIsNamedByItsPath() throws IOException {
    ArchiveStore store = ArchiveStore.of(root.toUri());
    write(store, "this is no Parquet file");
    assertThatThrownBy(() -> ParquetFileReader.open(store.input(PATH)).close())
        .hasMessageContaining(root.resolve(PATH).toString())
        .hasMessageNotContaining("@");
  }

  @Test
  void deletesWhatIsThere() throws IOException {
    ArchiveStore store = ArchiveStore.of(root.toUri());
    write(store, "some");
    store.delete(PATH);
    store.delete(PATH);
    assertThat(Files.exists(root.resolve(PATH))).isFalse();
  }

  private static void write(ArchiveStore store, String text) throws IOException {
    try (PositionOutputStream out = store.output(PATH).create(0)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      assertThat(out.getPos()).isEqualTo(text.length());
    }
  }
}
