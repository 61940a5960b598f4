package dev.weir.serving.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * Puts the files of a report into a folder. Whoever lists it sees a file whole or not at all; an
 * earlier file of the same name is replaced.
 */
final class FolderDelivery {
  private FolderDelivery() {}

  static void deliver(List<ReportFile> files, Path folder) throws IOException {
    for (ReportFile file : files) {
      Path unfinished = folder.resolve("." + file.name() + "." + UUID.randomUUID() + ".tmp");
      try {
        Files.copy(file.content(), unfinished);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(
            unfinished,
            folder.resolve(file.name()),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
  }
}
