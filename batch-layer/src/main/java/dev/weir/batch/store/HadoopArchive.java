package dev.weir.batch.store;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
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
  public void delete(String path) throws IOException {
    Path file = at(path);
    file.getFileSystem(configuration).delete(file, false);
  }
}
