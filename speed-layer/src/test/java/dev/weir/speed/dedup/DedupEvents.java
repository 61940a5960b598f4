package dev.weir.speed.dedup;

import dev.weir.event.Event;

/** Events of which only the identity and the origin matter. */
final class DedupEvents {
  /** 2026-05-05T00:00Z. */
  static final long MIDNIGHT = 1_777_939_200_000L;

  private DedupEvents() {}

  /** An event of the hour after midnight. */
  static Event event(String id, int partition, long offset, long recordMillis) {
    return new Event(
        0,
        "clicks",
        partition,
        offset,
        recordMillis,
        id,
        MIDNIGHT * 1000 + 5,
        new String[3],
        new String[1],
        new long[1],
        0);
  }
}
