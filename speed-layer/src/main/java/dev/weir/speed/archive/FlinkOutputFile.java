package dev.weir.speed.archive;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A Parquet file on one of Flink's file systems. Creating it fails if it exists; closing it makes
 * it durable, folders included.
 */
final class FlinkOutputFile implements OutputFile {
  private final Path root;
  private final Path path;
  private final LocalSync sync;

  /**
   * @param root the archive's root; the folders from there on are made durable
   * @param relativePath of the file, as in the manifest
   * @param sync of the writer
   */
  FlinkOutputFile(Path root, String relativePath, LocalSync sync) {
    this.root = root;
    this.sync = sync;
    this.path = new Path(root, relativePath);
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    FileSystem files = path.getFileSystem();
    FSDataOutputStream stream = files.create(path, WriteMode.NO_OVERWRITE);
    boolean local = !files.isDistributedFS();
    return new PositionOutputStream() {
      @Override
      public long getPos() throws IOException {
        return stream.getPos();
      }

      @Override
      public void write(int value) throws IOException {
        stream.write(value);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        stream.write(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        stream.flush();
      }

      @Override
      public void close() throws IOException {
        stream.close();
        if (local) {
          sync.syncFileAndFolders(root, path);
        }
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }
}
