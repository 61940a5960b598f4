package dev.weir.batch.audit;

import dev.weir.archive.ArchiveFileReader;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.io.InputFile;

/** Reads a whole file of events and adds up rows and hashes per event hour. */
public final class HourTally {

  private HourTally() {}

  /**
   * What a file holds.
   *
   * @return by event hour, epoch milliseconds
   * @throws IOException if it cannot be read to its end
   */
  public static Map<Long, HourSum> of(InputFile file, ArchiveSchema schema) throws IOException {
    Map<Long, Sum> sums = new HashMap<>();
    try (ArchiveFileReader reader = ArchiveFileReader.open(file, schema)) {
      for (ArchivedEvent event = reader.read(); event != null; event = reader.read()) {
        sums.computeIfAbsent(event.event().hourMillis(), hour -> new Sum()).add(event.storedHash());
      }
    }
    Map<Long, HourSum> tally = new HashMap<>();
    sums.forEach((hour, sum) -> tally.put(hour, new HourSum(sum.rows, sum.hashSum)));
    return tally;
  }

  private static final class Sum {
    private long rows;
    private long hashSum;

    void add(long hash) {
      rows++;
      hashSum += hash;
    }
  }
}
