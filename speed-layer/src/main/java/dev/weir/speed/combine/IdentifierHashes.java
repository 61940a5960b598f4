package dev.weir.speed.combine;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import java.util.List;

/**
 * Hashes the identifiers of one event that some cube counts, once for all cubes. Reused from event
 * to event.
 */
final class IdentifierHashes {
  private final int[] positions;
  private final long[] hashes;
  private long present;

  IdentifierHashes(List<Cube> cubes, int identifiers) {
    positions =
        cubes.stream()
            .flatMap(cube -> cube.layout().distinctIdentifiers().stream())
            .mapToInt(Integer::intValue)
            .distinct()
            .toArray();
    hashes = new long[identifiers];
  }

  /** Takes over an event's identifiers. */
  void set(Event event) {
    present = 0;
    byte[][] identifiers = event.identifiersUtf8();
    for (int position : positions) {
      byte[] identifier = identifiers[position];
      if (identifier != null) {
        hashes[position] = HyperLogLog.hash(identifier, 0, identifier.length);
        present |= 1L << position;
      }
    }
  }

  /** By position among the event's identifiers; valid where {@link #present} has the bit. */
  long[] hashes() {
    return hashes;
  }

  long present() {
    return present;
  }
}
