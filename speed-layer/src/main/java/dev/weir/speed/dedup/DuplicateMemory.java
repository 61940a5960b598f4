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
 * The events remembered by one shard or one partition: {@link FingerprintSets} for looking up, and
 * a log of what is new since the last checkpoint. A checkpoint writes the log, in chunks of one
 * slice each, and removes the chunks that have expired; it never writes a fingerprint twice.
 */
final class DuplicateMemory {
  /** Chunks of one checkpoint are numbered below this. */
  private static final long CHUNKS_PER_CHECKPOINT = 1L << 20;

  private static final int FINGERPRINT_BYTES = 2 * Long.BYTES;

  /** 64 KB: a state backend is made for such values, not for one of all that an epoch brought. */
  private static final int MOST_CHUNK_EVENTS = 4096;

  private static final int FEWEST_FRESH = 16;

  private final DuplicateHorizon horizon;
  private final FingerprintSets known = new FingerprintSets();
  private final List<StoredChunk> stored = new ArrayList<>();
  private int oldestSlice;

  private long[] fresh;
  private int[] freshSlices;
  private int freshCount;

  private record StoredChunk(long id, long endMillis) {}

  DuplicateMemory(DuplicateHorizon horizon) {
    this.horizon = horizon;
    allocateFresh(FEWEST_FRESH);
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

  /** See {@link FingerprintSet#read}. */
  long read(long high, long low) {
    return known.read(high, low);
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
    List<FingerprintChunk> chunks = new ArrayList<>();
    Map<Integer, ByteBuffer> unfinished = new TreeMap<>();
    ByteBuffer chunk = null;
    int slice = -1;
    for (int i = 0; i < freshCount; i++) {
      if (chunk == null || freshSlices[i] != slice) {
        slice = freshSlices[i];
        int most = FINGERPRINT_BYTES * Math.min(MOST_CHUNK_EVENTS, freshCount - i);
        chunk = unfinished.computeIfAbsent(slice, absent -> ByteBuffer.allocate(most));
      }
      chunk.putLong(fresh[2 * i]).putLong(fresh[2 * i + 1]);
      if (!chunk.hasRemaining()) {
        chunks.add(store(checkpointId, chunks.size(), slice, unfinished.remove(slice)));
        chunk = null;
      }
    }
    unfinished.forEach((of, rest) -> chunks.add(store(checkpointId, chunks.size(), of, rest)));
    int enough = Math.max(2 * freshCount, FEWEST_FRESH);
    if (enough < freshSlices.length / 2) {
      allocateFresh(enough); // A backlog has been read.
    }
    freshCount = 0;
    return chunks;
  }

  private FingerprintChunk store(long checkpointId, int number, int slice, ByteBuffer filled) {
    byte[] fingerprints = new byte[filled.flip().remaining()];
    filled.get(fingerprints);
    FingerprintChunk chunk =
        new FingerprintChunk(
            checkpointId * CHUNKS_PER_CHECKPOINT + number, horizon.endMillis(slice), fingerprints);
    stored.add(new StoredChunk(chunk.id(), chunk.endMillis()));
    return chunk;
  }

  private void allocateFresh(int events) {
    fresh = new long[2 * events];
    freshSlices = new int[events];
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

  /** Ids of all chunks that are stored, for the checkpoint to remove with the memory. */
  List<Long> storedChunks() {
    return stored.stream().map(StoredChunk::id).toList();
  }

  /** Fingerprints in memory, expired ones not yet swept out included. */
  long used() {
    return known.used();
  }

  /** Bytes of what is remembered, and of what waits for the next checkpoint. */
  long bytes() {
    return known.bytes()
        + (long) Long.BYTES * fresh.length
        + (long) Integer.BYTES * freshSlices.length;
  }
}
