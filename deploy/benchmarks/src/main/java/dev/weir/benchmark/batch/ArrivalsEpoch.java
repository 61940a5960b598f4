package dev.weir.benchmark.batch;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchiveFile;
import java.util.List;
import java.util.Map;

/**
 * What one subtask adds to a commit.
 *
 * @param files of events it archived
 * @param series their aggregates, as the speed layer's deltas hold them
 * @param nextOffset of the subtask's partition
 */
record ArrivalsEpoch(
    List<ArchiveFile> files,
    Map<AggregateKey, MinuteAggregate> series,
    int partition,
    long nextOffset) {

  long rows() {
    return files.stream().mapToLong(ArchiveFile::rows).sum();
  }
}
