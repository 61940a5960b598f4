package dev.weir.speed.commit;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/**
 * Where a job without state may go on from: the head of the commit log and, read in the same
 * snapshot, the offsets that follow from everything committed up to it. The claim verifies that the
 * head has not moved since, so no record between the two can be counted twice or missed.
 *
 * @param head uuid of the head
 * @param offsets the next offset of every partition the ledger knows
 */
public record StartingPoint(UUID head, List<NextOffset> offsets) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public StartingPoint {
    offsets = List.copyOf(offsets);
  }

  /**
   * How far the ledger has read one partition.
   *
   * @param source name of the source
   * @param nextOffset the offset of the next record to read
   */
  public record NextOffset(String source, String topic, int partition, long nextOffset)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
