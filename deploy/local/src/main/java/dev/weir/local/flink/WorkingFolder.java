package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * The folder that RocksDB works in. Nothing in it must outlive a process, because all state is in
 * checkpoints; but RocksDB syncs half a dozen files for each checkpoint, and no event flows while a
 * disk that PostgreSQL and Kafka also sync to takes its time. So it lies in memory where the system
 * has a folder there with room, and on disk elsewhere.
 *
 * <p>A TaskManager's heap is full of remembered events long before the room is: 39 bytes each
 * there, and 16 here, some of them twice.
 */
final class WorkingFolder {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long ENOUGH_BYTES = 4L << 30;

  private final Path inMemory;
  private final Path onDisk;

  /**
   * @param memory a folder whose files are in memory, whether it exists or not
   */
  WorkingFolder(DataDirectory data, Path memory) {
    String owner = System.getProperty("user.name") + " " + data.root();
    inMemory =
        memory.resolve("weir-" + UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8)));
    onDisk = data.root().resolve("flink/rocksdb");
  }

  static WorkingFolder of(DataDirectory data) {
    return new WorkingFolder(data, SHARED_MEMORY);
  }

  /** The folder, created; only its owner can enter. */
  Path create() throws IOException {
    return create(ENOUGH_BYTES);
  }

  Path create(long enoughBytes) throws IOException {
    Path memory = inMemory.getParent();
    if (Files.isWritable(memory)
        && Files.getFileStore(memory).getUsableSpace() >= enoughBytes
        && (Files.exists(inMemory) || created(inMemory))
        && Files.getOwner(inMemory).equals(Files.getOwner(onDisk.getParent()))) {
      return inMemory;
    }
    return Files.createDirectories(onDisk);
  }

  private static boolean created(Path folder) throws IOException {
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return true;
  }

  /** Deletes what is left in either place. Only while no TaskManager runs. */
  void delete() throws IOException {
    FolderTree.delete(inMemory);
    FolderTree.delete(onDisk);
  }
}
