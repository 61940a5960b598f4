package dev.weir.batch.retention;

import dev.weir.batch.wording.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What retention did.
 *
 * @param hours event hours sealed
 * @param files of arrivals and dead letters that are no longer needed; compacted ones come on top
 * @param kept hours that are old enough, but whose rows were altered: their archive is the only
 *     place to recompute them from
 */
public record ExpiredArchive(int hours, int files, List<Instant> kept) {
  private static final int NAMED = 3;

  public ExpiredArchive {
    kept = List.copyOf(kept);
  }

  /** For a person to read; empty if nothing was done. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (hours > 0 || files > 0) {
      lines.add(
          "retention: sealed "
              + Counted.of(hours, "event hour")
              + ", let go of "
              + Counted.of(files, "file")
              + " of arrivals and dead letters");
    }
    if (!kept.isEmpty()) {
      lines.add(
          "retention: the archive of "
              + Counted.of(kept.size(), "event hour")
              + " is kept longer, because rows made of it are not those that were written ("
              + String.join(", ", kept.stream().limit(NAMED).map(Instant::toString).toList())
              + (kept.size() > NAMED ? ", ..." : "")
              + "): run weir repair");
    }
    return lines;
  }
}
