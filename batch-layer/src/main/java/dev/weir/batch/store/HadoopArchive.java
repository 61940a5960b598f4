package dev.weir.batch.store;

import dev.weir.archive.ArchiveKind;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/**
 * An archive on any of Hadoop's file systems. Object stores hold a file durably once it is closed;
 * HDFS does so where {@code dfs.datanode.synconclose} is set.
 */
final class HadoopArchive implements ArchiveStore {
  private final URI root;
  private final Configuration configuration = new Configuration();

  HadoopArchive(URI root) {
    this.root = root;
  }

  private Path at(String path) {
    return new Path(new Path(root), path);
  }

  @Override
  public InputFile input(String path) throws IOException {
    return HadoopInputFile.fromPath(at(path), configuration);
  }

  @Override
  public OutputFile output(String path) throws IOException {
    delete(path);
    return HadoopOutputFile.fromPath(at(path), configuration);
  }

  @Override
  public boolean reachable() throws IOException {
    Path top = new Path(root);
    FileSystem files = top.getFileSystem(configuration);
    return files.exists(top) && files.listStatusIterator(top).hasNext();
  }

  @Override
  public boolean hasFolder(ArchiveKind kind) {
    return true; // Object stores show one only while a file is in it.
  }

  @Override
  public void each(String folder, Consumer<StoredFile> consumer) throws IOException {
    Path top = at(folder);
    FileSystem system = top.getFileSystem(configuration);
    if (!system.exists(top)) {
      return;
    }
    URI base = system.makeQualified(new Path(new Path(root), "x")).getParent().toUri();
    RemoteIterator<LocatedFileStatus> files = system.listFiles(top, true);
    while (files.hasNext()) {
      LocatedFileStatus file = files.next();
      String path = file.getPath().toUri().getPath().substring(base.getPath().length());
      consumer.accept(
          new StoredFile(
              path.startsWith("/") ? path.substring(1) : path,
              file.getLen(),
              Instant.ofEpochMilli(file.getModificationTime())));
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = at(path);
    file.getFileSystem(configuration).delete(file, false);
  }
}
