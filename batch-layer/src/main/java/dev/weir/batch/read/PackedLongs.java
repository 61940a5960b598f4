package dev.weir.batch.read;

import java.util.Arrays;

/**
 * A column of integers in a block: each one's distance from the smallest, in as many bytes as the
 * largest distance needs, which is none where all are equal.
 */
final class PackedLongs {
  private final byte[] bytes;
  private final int at;
  private final int width;
  private final long smallest;

  /** Reads what {@link #write} wrote. */
  PackedLongs(BlockInput in, int count) {
    bytes = in.bytes();
    width = in.nextByte();
    smallest = in.nextLong();
    at = in.skip(width * count);
  }

  long get(int i) {
    return switch (width) {
      case 0 -> smallest;
      case 1 -> smallest + (bytes[at + i] & 0xFF);
      case 2 -> smallest + ((short) BlockBytes.SHORTS.get(bytes, at + 2 * i) & 0xFFFF);
      case 4 -> smallest + ((int) BlockBytes.INTS.get(bytes, at + 4 * i) & 0xFFFF_FFFFL);
      default -> smallest + (long) BlockBytes.LONGS.get(bytes, at + 8 * i);
    };
  }

  /** Copies the first values. */
  void copyTo(long[] to, int count) {
    switch (width) {
      case 0 -> Arrays.fill(to, 0, count, smallest);
      case Long.BYTES -> {
        for (int i = 0; i < count; i++) {
          to[i] = smallest + (long) BlockBytes.LONGS.get(bytes, at + Long.BYTES * i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          to[i] = get(i);
        }
      }
    }
  }

  /** Whether every value is this one. */
  boolean isAll(long value) {
    return width == 0 && smallest == value;
  }

  /** Writes the values of some rows, one at least. */
  static void write(BlockBytes out, long[] values, int[] rows, int from, int to) {
    long smallest = Long.MAX_VALUE;
    long largest = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      long value = values[rows[i]];
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    int width = width(largest - smallest);
    out.addByte(width);
    out.addLong(smallest);
    int at = out.reserve(width * (to - from));
    byte[] bytes = out.bytes();
    switch (width) {
      case 0 -> {}
      case 1 -> {
        for (int i = from; i < to; i++, at += 1) {
          bytes[at] = (byte) (values[rows[i]] - smallest);
        }
      }
      case 2 -> {
        for (int i = from; i < to; i++, at += 2) {
          BlockBytes.SHORTS.set(bytes, at, (short) (values[rows[i]] - smallest));
        }
      }
      case 4 -> {
        for (int i = from; i < to; i++, at += 4) {
          BlockBytes.INTS.set(bytes, at, (int) (values[rows[i]] - smallest));
        }
      }
      default -> {
        for (int i = from; i < to; i++, at += 8) {
          BlockBytes.LONGS.set(bytes, at, values[rows[i]] - smallest);
        }
      }
    }
  }

  /** Distances beyond 63 bits look negative, and need all 64. */
  private static int width(long distance) {
    if (distance == 0) {
      return 0;
    }
    if (distance < 0 || distance > 0xFFFF_FFFFL) {
      return Long.BYTES;
    }
    if (distance > 0xFFFF) {
      return Integer.BYTES;
    }
    return distance > 0xFF ? Short.BYTES : 1;
  }
}
