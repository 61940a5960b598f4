package dev.weir.batch.store;

import dev.weir.archive.ArchiveKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.OutputFile;

/**
 * An archive in a folder of this machine. Not through Hadoop's local file system, which lays a
 * checksum file beside every file and syncs nothing.
 */
record LocalArchive(Path root) implements ArchiveStore {

  @Override
  public InputFile input(String path) throws IOException {
    Path file = root.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException("the file does not exist");
    }
    return new Named(file);
  }

  @Override
  public OutputFile output(String path) throws IOException {
    Path file = root.resolve(path);
    makeFolders(file.getParent());
    Files.deleteIfExists(file);
    return new SyncedOutputFile(file);
  }

  @Override
  public boolean reachable() throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.findAny().isPresent();
    }
  }

  @Override
  public boolean hasFolder(ArchiveKind kind) {
    return Files.isDirectory(root.resolve(kind.manifestName()));
  }

  @Override
  public void each(String folder, Consumer<StoredFile> consumer) throws IOException {
    Path top = root.resolve(folder);
    if (!Files.isDirectory(top)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            consumer.accept(
                new StoredFile(
                    root.relativize(file).toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // It went while the folder was being read.
            }
            throw e;
          }
        });
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(root.resolve(path));
  }

  /** A file that Parquet's messages can name. */
  private static final class Named extends LocalInputFile {
    private final Path path;

    private Named(Path path) {
      super(path);
      this.path = path;
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** Makes a folder and syncs the one it stands in, so that its name is durable too. */
  private static void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getParent() != null) {
      makeFolders(folder.getParent());
    }
    Files.createDirectories(folder);
    if (folder.getParent() != null) {
      sync(folder.getParent());
    }
  }

  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
