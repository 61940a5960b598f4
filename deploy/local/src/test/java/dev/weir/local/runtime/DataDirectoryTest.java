package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void aCommandNamesTheFolderAsAShellTakesIt() {
    assertThat(command(DataDirectory.USUAL)).isEqualTo("weir up");
    assertThat(command("/srv/weir-1.0_a")).isEqualTo("weir up --data /srv/weir-1.0_a");
    assertThat(command("/srv/my weir")).isEqualTo("weir up --data '/srv/my weir'");
    assertThat(command("/srv/it's")).isEqualTo("weir up --data '/srv/it'\\''s'");
    assertThat(command("/srv/$HOME")).isEqualTo("weir up --data '/srv/$HOME'");
  }

  @Test
  void startsInAFolderThatIsNewOrEmptyOrItsOwn() throws IOException {
    Path own = folder.resolve("own");
    DataDirectory.forStart(own);
    Files.createFile(own.resolve("notes.txt"));

    assertThat(DataDirectory.forStart(own).logs()).isDirectory();

    Path others = Files.createDirectory(folder.resolve("others"));
    Files.createFile(others.resolve("thesis.tex"));
    assertThatThrownBy(() -> DataDirectory.forStart(others))
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessageContainingAll(others.toString(), "thesis.tex", "--data");
    assertThat(others.resolve("logs")).doesNotExist();

    Path file = others.resolve("thesis.tex");
    assertThatThrownBy(() -> DataDirectory.forStart(file))
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessage(file + " is a file. Name a folder with --data.");
  }

  private static String command(String folder) {
    return new DataDirectory(Path.of(folder)).command("up");
  }
}
