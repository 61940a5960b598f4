package dev.weir.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.runtime.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingFolderTest {
  @TempDir Path folder;
  private DataDirectory data;
  private Path memory;

  @BeforeEach
  void create() throws IOException {
    data = DataDirectory.create(folder.resolve("data"));
    data.folder("flink");
    memory = Files.createDirectory(folder.resolve("memory"));
  }

  @Test
  void liesInMemoryWhereThereIsRoom() throws IOException {
    WorkingFolder working = new WorkingFolder(data, memory);

    Path chosen = working.create(1);

    assertThat(chosen).hasParent(memory).isDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(chosen)))
        .isEqualTo("rwx------");
    assertThat(working.create(1)).as("the next process' folder").isEqualTo(chosen);
  }

  @Test
  void liesOnDiskWhereMemoryIsShortOrUnknown() throws IOException {
    Path onDisk = data.root().resolve("flink/rocksdb");

    assertThat(new WorkingFolder(data, memory).create(Long.MAX_VALUE)).isEqualTo(onDisk);
    assertThat(new WorkingFolder(data, folder.resolve("none")).create(1)).isEqualTo(onDisk);
    assertThat(memory).isEmptyDirectory();
  }

  @Test
  void isAnotherForEachDataDirectory() throws IOException {
    DataDirectory other = DataDirectory.create(folder.resolve("other"));
    other.folder("flink");

    assertThat(new WorkingFolder(data, memory).create(1))
        .isNotEqualTo(new WorkingFolder(other, memory).create(1));
  }

  @Test
  void leavesNothing() throws IOException {
    WorkingFolder working = new WorkingFolder(data, memory);
    Files.writeString(working.create(1).resolve("left"), "by a process that was killed");
    Files.createDirectories(data.root().resolve("flink/rocksdb"));

    working.delete();

    assertThat(memory).isEmptyDirectory();
    assertThat(data.root().resolve("flink/rocksdb")).doesNotExist();
  }
}
