package dev.weir.batch.select;

import dev.weir.batch.db.Database;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What one run does, as every task sees it.
 *
 * @param archive root of the Parquet archive
 * @param version under which the run writes and publishes
 * @param through last commit it absorbs
 * @param conservedThrough arrivals of later commits are counted per source, to be compared with the
 *     ledger's counters
 * @param acceptDifferences whether an hour is published although its speed rows differ from the
 *     archive
 */
public record RunPlan(
    Declaration declaration,
    URI archive,
    Database database,
    long version,
    long through,
    long conservedThrough,
    boolean acceptDifferences,
    List<InputFile> files,
    List<HourPlan> hours)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public RunPlan {
    files = List.copyOf(files);
    hours = List.copyOf(hours);
  }

  /** The event hour that each bucket belongs to, as a position in {@link #hours()}. */
  public int[] hourOfBucket() {
    return hours.stream().flatMapToInt(h -> repeated(h.index(), h.buckets())).toArray();
  }

  private static IntStream repeated(int value, int times) {
    return IntStream.generate(() -> value).limit(times);
  }

  /** Rows expected in each bucket, by the manifest. */
  public long[] rowsOfBuckets() {
    return hours.stream()
        .flatMapToLong(h -> LongStream.generate(() -> h.rows() / h.buckets()).limit(h.buckets()))
        .toArray();
  }

  /** Rows expected in each hour, by the manifest. */
  public long[] rowsOfHours() {
    return hours.stream().mapToLong(HourPlan::rows).toArray();
  }

  /**
   * The files in groups of similar size, one group for a task: many small files cost no more than
   * few large ones.
   */
  public List<List<InputFile>> fileGroups(long rowsPerGroup) {
    List<List<InputFile>> groups = new ArrayList<>();
    long rows = Long.MAX_VALUE;
    for (InputFile file : files) {
      if (rows + file.rows() > rowsPerGroup || rows == Long.MAX_VALUE) {
        groups.add(new ArrayList<>());
        rows = 0;
      }
      groups.get(groups.size() - 1).add(file);
      rows += file.rows();
    }
    return groups;
  }
}
