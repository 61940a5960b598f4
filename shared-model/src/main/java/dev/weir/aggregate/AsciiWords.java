package dev.weir.aggregate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * ASCII bytes as the 64-bit words that hashes of texts are made of: four UTF-16 units to a word,
 * the first one lowest. For texts whose UTF-8 is at hand.
 */
public final class AsciiWords {
  /** Bytes that one word takes in. */
  public static final int LENGTH = 4;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080808080808080L;

  private AsciiWords() {}

  /** Whether all bytes are ASCII. */
  static boolean isAscii(byte[] bytes) {
    long seen = 0;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      seen |= (long) LONGS.get(bytes, at);
    }
    for (; at < bytes.length; at++) {
      seen |= bytes[at];
    }
    return (seen & NOT_ASCII) == 0;
  }

  /** The word that starts at a position; bytes from the end on count as 0. */
  public static long word(byte[] ascii, int at, int end) {
    if (at + LENGTH <= end) {
      long four = (int) INTS.get(ascii, at);
      long apart = (four | four << 16) & 0x0000FFFF0000FFFFL;
      return (apart | apart << 8) & 0x00FF00FF00FF00FFL;
    }
    long word = 0;
    for (int i = at; i < end; i++) {
      word |= (long) ascii[i] << (16 * (i - at));
    }
    return word;
  }
}
