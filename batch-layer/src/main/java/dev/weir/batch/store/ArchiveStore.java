package dev.weir.batch.store;

import dev.weir.archive.ArchiveKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** The files under an archive root, named as in the manifest: relative to the root. */
public sealed interface ArchiveStore permits LocalArchive, HadoopArchive {

  /**
   * The store of a root: {@code file:} URIs through the JDK, all others through Hadoop's file
   * systems.
   */
  static ArchiveStore of(URI root) {
    if (root.getScheme() == null) {
      return new LocalArchive(Path.of(root.getPath()));
    }
    return root.getScheme().equals("file")
        ? new LocalArchive(Path.of(root.getPath()))
        : new HadoopArchive(root);
  }

  /**
   * A file to read.
   *
   * @throws IOException if it does not exist or cannot be opened
   */
  InputFile input(String path) throws IOException;

  /**
   * A file to write; its folders are made. What an earlier attempt of the same task left under that
   * name is replaced. The file survives a power failure once its stream was closed.
   */
  OutputFile output(String path) throws IOException;

  /** Whether there is anything at the root: an archive that is not mounted looks empty. */
  boolean reachable() throws IOException;

  /** Whether a kind of files has a folder, be it empty; true where there are no folders. */
  boolean hasFolder(ArchiveKind kind);

  /** Shows every file under a folder, in no order; none if there is no such folder. */
  void each(String folder, Consumer<StoredFile> consumer) throws IOException;

  /** Deletes a file; does nothing if there is none. */
  void delete(String path) throws IOException;
}
