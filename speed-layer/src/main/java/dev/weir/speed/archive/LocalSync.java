package dev.weir.speed.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.Path;

/**
 * Makes files of the local file system survive a power failure: their bytes, and the names that
 * lead to them. Flink's local streams do not sync when they are closed. Used by one writer, whose
 * files lie mostly in the same folder.
 */
final class LocalSync {
  private java.nio.file.Path lastFolder;

  /**
   * Syncs the file and its folder, and if that is not the last file's, every folder up to the root,
   * whose own parent is somebody else's.
   */
  void syncFileAndFolders(Path root, Path file) throws IOException {
    java.nio.file.Path top = java.nio.file.Path.of(root.getPath()).normalize();
    java.nio.file.Path each = java.nio.file.Path.of(file.getPath()).normalize();
    sync(each, StandardOpenOption.WRITE);
    java.nio.file.Path folder = each.getParent();
    sync(folder, StandardOpenOption.READ);
    if (folder.equals(lastFolder)) {
      return;
    }
    each = folder;
    while (!each.equals(top) && each.getParent() != null) {
      each = each.getParent();
      sync(each, StandardOpenOption.READ);
    }
    lastFolder = folder;
  }

  private static void sync(java.nio.file.Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }
}
