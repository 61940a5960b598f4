package dev.weir.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same String for the same bytes, where it has met them lately. Dimensions repeat, so
 * most events need no new text, and whoever looks a dimension up finds its hash computed. Bounded:
 * a new text takes the place of the one in its slot, and long texts are not kept. Not thread safe.
 */
public final class TextCache {
  private static final int SLOTS = 2_048;
  private static final int MAX_LENGTH = 96;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] keys = new byte[SLOTS][];
  private final String[] texts = new String[SLOTS];

  /** The text of a range of valid UTF-8. */
  public String text(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length > MAX_LENGTH) {
      return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
    int slot = hash(bytes, start, end) & (SLOTS - 1);
    byte[] key = keys[slot];
    if (key != null && key.length == length && Arrays.equals(key, 0, length, bytes, start, end)) {
      return texts[slot];
    }
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    keys[slot] = Arrays.copyOfRange(bytes, start, end);
    texts[slot] = text;
    return text;
  }

  private static int hash(byte[] bytes, int start, int end) {
    long hash = (long) end - start;
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ bytes[at]) * 0x9e3779b97f4a7c15L;
    }
    return (int) (hash >>> 40);
  }
}
