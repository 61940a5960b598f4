package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes what no job will be started from again. Flink leaves the checkpoints of ended jobs and
 * all savepoints where they are.
 */
final class OldSnapshots {
  private static final int SAVEPOINTS_KEPT = 5;

  private OldSnapshots() {}

  /**
   * Keeps the newest five savepoints, and all checkpoints and savepoints of the given jobs.
   *
   * @param jobs the one that runs and the one that wrote the head of the commit log
   */
  static void delete(DataDirectory data, Set<String> jobs) throws IOException {
    for (Path job : folders(data.checkpoints())) {
      if (!jobs.contains(job.getFileName().toString())) {
        FolderTree.delete(job);
      }
    }
    Map<Path, FileTime> ages = new HashMap<>();
    for (Path savepoint : folders(data.savepoints())) {
      ages.put(savepoint, Files.getLastModifiedTime(savepoint));
    }
    List<Path> newestFirst =
        ages.keySet().stream()
            .sorted(Comparator.<Path, FileTime>comparing(ages::get).reversed())
            .toList();
    for (Path savepoint : newestFirst.stream().skip(SAVEPOINTS_KEPT).toList()) {
      if (jobs.stream().noneMatch(job -> isOf(job, savepoint))) {
        FolderTree.delete(savepoint);
      }
    }
  }

  private static boolean isOf(String job, Path savepoint) {
    return savepoint.getFileName().toString().startsWith(Snapshot.savepointPrefix(job));
  }

  private static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }
}
