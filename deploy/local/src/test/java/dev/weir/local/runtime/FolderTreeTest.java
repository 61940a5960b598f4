package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir Path folder;

  @Test
  void aCopyHasEverythingAndStandsByItself() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("empty"));
    Files.writeString(Files.createDirectories(root.resolve("a/b")).resolve("file"), "text");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("a/b/file"));
    Path copy = folder.resolve("copy");
    FolderTree.copy(root, copy);
    FolderTree.delete(root);
    assertThat(root).doesNotExist();
    assertThat(copy.resolve("empty")).isEmptyDirectory();
    assertThat(copy.resolve("a/b/file")).hasContent("text");
    assertThat(copy.resolve("link")).isRegularFile().hasContent("text");
  }

  @Test
  void aCopyDoesNotMixWithWhatIsThere() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.writeString(root.resolve("file"), "new");
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.writeString(copy.resolve("file"), "old");
    assertThatThrownBy(() -> FolderTree.copy(root, copy))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void deletingDoesNotFollowLinks() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "text");
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("link"), kept);
    FolderTree.delete(root);
    assertThat(root).doesNotExist();
    assertThat(kept).hasContent("text");
    FolderTree.delete(root);
  }
}
