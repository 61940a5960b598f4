package dev.weir.speed.source;

import dev.weir.event.RawRecord;
import dev.weir.pipeline.Source.Directory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.Path;

/**
 * Reads the lines of the files in a directory and its folders, and of those that appear later.
 *
 * <p>A file is read once, as it is when it is found: move finished files in, do not append to them.
 * Names that start with a dot or an underscore are left alone.
 */
public final class DirectoryEventSource {
  private static final Duration DISCOVERY = Duration.ofSeconds(1);

  private DirectoryEventSource() {}

  /**
   * Defines the source.
   *
   * @param source index of the directory in {@code Pipeline.sources()}
   * @param clock gives the record time of each line; serializable
   * @param nextOffsetByPath for files that the ledger knows: one more than the offset of the last
   *     line that was read
   */
  public static FileSource<RawRecord> of(
      int source, Directory directory, Clock clock, Map<String, Long> nextOffsetByPath) {
    return builder(source, directory, clock, nextOffsetByPath)
        .monitorContinuously(DISCOVERY)
        .build();
  }

  /** As {@link #of}, but ends after the files that are there now. */
  public static FileSource<RawRecord> bounded(int source, Directory directory, Clock clock) {
    return builder(source, directory, clock, Map.of()).processStaticFileSet().build();
  }

  private static FileSource.FileSourceBuilder<RawRecord> builder(
      int source, Directory directory, Clock clock, Map<String, Long> nextOffsetByPath) {
    return FileSource.forBulkFileFormat(
            new LineFormat(source, clock, nextOffsetByPath),
            new Path(URI.create(directory.directory())))
        .setFileEnumerator(NonSplittingRecursiveEnumerator::new);
  }
}
