package dev.weir.speed.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.Path;

/**
 * Makes a file of the local file system survive a power failure: its bytes, and the names that lead
 * to it. Flink's local streams do not sync when they are closed.
 */
final class LocalSync {
  private LocalSync() {}

  /** Syncs the file and every folder up to the root, whose own parent is somebody else's. */
  static void syncFileAndFolders(Path root, Path file) throws IOException {
    java.nio.file.Path top = java.nio.file.Path.of(root.getPath()).normalize();
    java.nio.file.Path each = java.nio.file.Path.of(file.getPath()).normalize();
    sync(each, StandardOpenOption.WRITE);
    while (!each.equals(top) && each.getParent() != null) {
      each = each.getParent();
      sync(each, StandardOpenOption.READ);
    }
  }

  private static void sync(java.nio.file.Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }
}
