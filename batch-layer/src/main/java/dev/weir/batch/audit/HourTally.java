package dev.weir.batch.audit;

import dev.weir.archive.EventBatch;
import dev.weir.archive.EventBatchReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.io.InputFile;

/** Reads a whole file of events and adds up rows and hashes per event hour. */
public final class HourTally {

  private HourTally() {}

  /**
   * What a file holds, whatever is declared now.
   *
   * @return by event hour, epoch milliseconds
   * @throws IOException if it cannot be read to its end
   */
  public static Map<Long, HourSum> of(InputFile file) throws IOException {
    Map<Long, Sum> sums = new HashMap<>();
    try (EventBatchReader reader = EventBatchReader.openAsStored(file)) {
      for (EventBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          sums.computeIfAbsent(batch.hourMillis(row), hour -> new Sum())
              .add(batch.storedHashes()[row]);
        }
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
