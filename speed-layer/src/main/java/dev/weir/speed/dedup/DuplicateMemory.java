package dev.weir.speed.dedup;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events remembered by one shard or one partition: a {@link FingerprintSet} for looking up, and
 * a log of what is new since the last checkpoint. A checkpoint writes the log, as one chunk per
 * slice, and removes the chunks that have expired; it never writes a fingerprint twice.
 */
final class DuplicateMemory {
  /** Chunks of one checkpoint are numbered below this. */
  private static final long CHUNKS_PER_CHECKPOINT = 1L << 20;

  private final DuplicateHorizon horizon;
  private final FingerprintSet known = new FingerprintSet();
  private final List<StoredChunk> stored = new ArrayList<>();
  private int oldestSlice;

  private long[] fresh = new long[2 * 16];
  private int[] freshSlices = new int[16];
  private int freshCount;

  private record StoredChunk(long id, long endMillis) {}

  DuplicateMemory(DuplicateHorizon horizon) {
    this.horizon = horizon;
  }

  /**
   * Remembers an event unless it is remembered already.
   *
   * @param timeMillis record time under which to remember it
   * @return whether it was new; false: a duplicate
   */
  boolean remember(long high, long low, long timeMillis) {
    // Below the horizon's end it would be forgotten at once: a partition that was taken for idle.
    int slice = Math.max(horizon.sliceOf(timeMillis), oldestSlice);
    if (!known.add(high, low, slice, oldestSlice)) {
      return false;
    }
    if (freshCount == freshSlices.length) {
      int longer = freshCount + (freshCount >> 1);
      fresh = Arrays.copyOf(fresh, 2 * longer);
      freshSlices = Arrays.copyOf(freshSlices, longer);
    }
    fresh[2 * freshCount] = high;
    fresh[2 * freshCount + 1] = low;
    freshSlices[freshCount++] = slice;
    return true;
  }

  /** Forgets what lies beyond the horizon, measured from this time; going back has no effect. */
  void forgetBefore(long frontMillis) {
    oldestSlice = Math.max(oldestSlice, horizon.oldestSlice(frontMillis));
  }

  /** Takes back what a checkpoint kept. */
  void restore(FingerprintChunk chunk) {
    stored.add(new StoredChunk(chunk.id(), chunk.endMillis()));
    // The slice by its last millisecond, because slices may have had another length.
    int slice = Math.max(horizon.sliceOf(chunk.endMillis() - 1), oldestSlice);
    LongBuffer fingerprints = chunk.fingerprints();
    while (fingerprints.hasRemaining()) {
      known.restore(fingerprints.get(), fingerprints.get(), slice, oldestSlice);
    }
  }

  /** What is new since the last call, for the checkpoint to add. */
  List<FingerprintChunk> takeFresh(long checkpointId) {
    if (freshCount == 0) {
      return List.of();
    }
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (int i = 0; i < freshCount; i++) {
      sizes.merge(freshSlices[i], 1, Integer::sum);
    }
    Map<Integer, ByteBuffer> contents = new TreeMap<>();
    sizes.forEach((slice, size) -> contents.put(slice, ByteBuffer.allocate(2 * Long.BYTES * size)));
    for (int i = 0; i < freshCount; i++) {
      contents.get(freshSlices[i]).putLong(fresh[2 * i]).putLong(fresh[2 * i + 1]);
    }
    freshCount = 0;
    List<FingerprintChunk> chunks = new ArrayList<>();
    contents.forEach(
        (slice, buffer) -> {
          byte[] fingerprints = new byte[buffer.flip().remaining()];
          buffer.get(fingerprints);
          long id = checkpointId * CHUNKS_PER_CHECKPOINT + chunks.size();
          chunks.add(new FingerprintChunk(id, horizon.endMillis(slice), fingerprints));
        });
    chunks.forEach(chunk -> stored.add(new StoredChunk(chunk.id(), chunk.endMillis())));
    return chunks;
  }

  /** Ids of the stored chunks that have expired, for the checkpoint to remove. */
  List<Long> takeExpired() {
    List<Long> expired = new ArrayList<>();
    Iterator<StoredChunk> each = stored.iterator();
    while (each.hasNext()) {
      StoredChunk chunk = each.next();
      if (horizon.sliceOf(chunk.endMillis() - 1) < oldestSlice) {
        expired.add(chunk.id());
        each.remove();
      }
    }
    return expired;
  }

  /** Fingerprints in memory, expired ones not yet swept out included. */
  int used() {
    return known.used();
  }
}
