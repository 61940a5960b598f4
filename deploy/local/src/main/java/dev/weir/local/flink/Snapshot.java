package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A completed checkpoint or savepoint on disk.
 *
 * @param checkpoint its id, as its metadata says
 */
public record Snapshot(Path path, long checkpoint) {
  private static final int MAGIC = 0x4960672d;

  /** All of a job's checkpoints and savepoints. */
  static List<Snapshot> of(DataDirectory data, String jobId) {
    return Stream.concat(
            folders(data.checkpoints().resolve(jobId), "chk-").stream(),
            folders(data.savepoints(), savepointPrefix(jobId)).stream())
        .map(Snapshot::read)
        .flatMap(Optional::stream)
        .toList();
  }

  /** How Flink begins the names of a job's savepoints. */
  static String savepointPrefix(String jobId) {
    return "savepoint-" + jobId.substring(0, Math.min(6, jobId.length())) + "-";
  }

  private static List<Path> folders(Path folder, String prefix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> p.getFileName().toString().startsWith(prefix)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Empty for one that was not completed: Flink writes {@code _metadata} last. */
  private static Optional<Snapshot> read(Path path) {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(path.resolve("_metadata")))) {
      boolean magic = in.readInt() == MAGIC;
      in.readInt(); // version of the format
      return magic ? Optional.of(new Snapshot(path, in.readLong())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
