package dev.weir.batch.recompute;

import dev.weir.archive.ArchiveFile;
import dev.weir.batch.read.FileTally;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What one bucket of an event hour came to.
 *
 * @param hour position in the plan's hours
 * @param tallies of the hour's files, in its first bucket only
 * @param inputHash sum of the hashes of all its rows
 * @param droppedHash sum of the hashes of the duplicates dropped
 * @param compacted the file written, or null
 * @param cubes aggregates, in the order of the plan's cubes
 * @param arrivals rows of newly counted commits by source
 */
public record BucketResult(
    int hour,
    List<FileTally> tallies,
    long rows,
    long inputHash,
    long duplicates,
    long droppedHash,
    ArchiveFile compacted,
    List<CubeParts> cubes,
    Map<String, Long> arrivals)
    implements HourPart {
  private static final long serialVersionUID = 1L;

  /**
   * One cube's aggregates, each event in exactly one part.
   *
   * <p>The hour's new rows are settled + fresh; what the speed layer must have counted in the fresh
   * commits is fresh + dropped.
   *
   * @param settled kept events of commits that are not to be compared with speed rows
   * @param fresh kept events of the commits that are
   * @param dropped duplicates among those commits
   */
  public record CubeParts(CubeSeries settled, CubeSeries fresh, CubeSeries dropped)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
