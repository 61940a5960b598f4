package dev.weir.speed.dedup;

/**
 * A {@link FingerprintSet} that becomes many once it has grown. The set that is being rebuilt is
 * held twice meanwhile: one of many is a small part of the memory, and its rebuild takes
 * milliseconds. Bytes per fingerprint that counts: 20 a place, of which a rebuild leaves 55 % in
 * use, so 36.4 at most, and 1.1 for the set being rebuilt. Not thread safe.
 */
final class FingerprintSets {
  /** Of fewer, all together, a rebuild holds 40 MB twice. */
  private static final int SPLIT_FROM = 1 << 20;

  private static final int PARTS = 32;

  private FingerprintSet[] parts = {new FingerprintSet()};

  /** See {@link FingerprintSet#add}. */
  boolean add(long high, long low, int slice, int oldestSlice) {
    if (!partOf(high).add(high, low, slice, oldestSlice)) {
      return false;
    }
    splitIfGrown(oldestSlice);
    return true;
  }

  /** See {@link FingerprintSet#read}. */
  long read(long high, long low) {
    return partOf(high).read(low);
  }

  /** See {@link FingerprintSet#restore}. */
  void restore(long high, long low, int slice, int oldestSlice) {
    partOf(high).restore(high, low, slice, oldestSlice);
    splitIfGrown(oldestSlice);
  }

  /** By bits that neither choose the shard of an event nor its place in a set. */
  private FingerprintSet partOf(long high) {
    return parts[(int) high & (parts.length - 1)];
  }

  private void splitIfGrown(int oldestSlice) {
    if (parts.length == 1 && parts[0].used() >= SPLIT_FROM) {
      FingerprintSet whole = parts[0];
      parts = new FingerprintSet[PARTS];
      for (int part = 0; part < PARTS; part++) {
        parts[part] = new FingerprintSet(whole.used() / PARTS);
      }
      whole.forEach((high, low, slice) -> partOf(high).restore(high, low, slice, oldestSlice));
    }
  }

  /** Entries that take up a place, expired ones not yet swept out included. */
  long used() {
    long used = 0;
    for (FingerprintSet part : parts) {
      used += part.used();
    }
    return used;
  }

  /** Bytes of the tables, without what Java adds to an array. */
  long bytes() {
    long bytes = 0;
    for (FingerprintSet part : parts) {
      bytes += part.bytes();
    }
    return bytes;
  }
}
