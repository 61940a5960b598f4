package dev.weir.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.runtime.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldSnapshotsTest {
  @TempDir Path folder;

  @Test
  void keepsTheNeededJobsAndTheNewestSavepoints() throws IOException {
    DataDirectory data = DataDirectory.create(folder);
    for (String job : List.of("running", "head", "forgotten")) {
      Files.createDirectories(data.checkpoints().resolve(job).resolve("chk-1"));
    }
    for (int i = 1; i <= 7; i++) {
      Path savepoint = Files.createDirectories(data.savepoints().resolve("savepoint-" + i));
      Files.setLastModifiedTime(savepoint, FileTime.fromMillis(i * 1_000L));
    }
    OldSnapshots.delete(data, Set.of("running", "head"));
    assertThat(names(data.checkpoints())).containsExactlyInAnyOrder("running", "head");
    assertThat(names(data.savepoints()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(3, 7).mapToObj(i -> "savepoint-" + i).toList());
  }

  @Test
  void keepsTheSavepointThatTheHeadWasMadeAtHoweverOld() throws IOException {
    DataDirectory data = DataDirectory.create(folder);
    for (int i = 1; i <= 7; i++) {
      String name = "savepoint-" + (i == 1 ? "9629f7" : "00000" + i) + "-ab";
      Path savepoint = Files.createDirectories(data.savepoints().resolve(name));
      Files.setLastModifiedTime(savepoint, FileTime.fromMillis(i * 1_000L));
    }
    OldSnapshots.delete(data, Set.of("9629f7ff653233fa14ad33ba99c29884"));
    assertThat(names(data.savepoints())).hasSize(6).contains("savepoint-9629f7-ab");
  }

  @Test
  void nothingToDoWithoutFolders() throws IOException {
    OldSnapshots.delete(DataDirectory.create(folder), Set.of());
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  private static List<String> names(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.map(p -> p.getFileName().toString()).toList();
    }
  }
}
