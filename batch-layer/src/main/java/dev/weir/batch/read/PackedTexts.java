package dev.weir.batch.read;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.archive.TextVector;
import dev.weir.archive.Utf8Slice;
import java.util.Arrays;

/** A column of texts in a block: where each ends, which are null, and their UTF-8. */
final class PackedTexts {
  private final byte[] bytes;
  private final PackedLongs ends;
  private final PackedLongs present;
  private final int at;

  /** Reads what a {@link Writer} wrote. */
  PackedTexts(BlockInput in, int count) {
    bytes = in.bytes();
    ends = new PackedLongs(in, count);
    present = new PackedLongs(in, count);
    at = in.skip(in.nextInt());
  }

  boolean isNull(int i) {
    return present.get(i) == 0;
  }

  /** Whether no text is null. */
  boolean hasNoNull() {
    return present.isAll(1);
  }

  /** Sets a slice to a text that is not null, and returns it. */
  Utf8Slice slice(int i, Utf8Slice slice) {
    int from = from(i);
    return slice.set(bytes, from, to(i) - from);
  }

  /** The hash of a text that is not null, for distinct counters. */
  long hash(int i) {
    return HyperLogLog.hash(bytes, from(i), to(i) - from(i));
  }

  /** The number of a text that is not null. */
  int number(int i, TextDictionary dictionary) {
    return dictionary.number(bytes, from(i), to(i) - from(i));
  }

  /** Whether a text is the same as one of another block; neither is null. */
  boolean equal(int i, PackedTexts other, int j) {
    return Arrays.equals(bytes, from(i), to(i), other.bytes, other.from(j), other.to(j));
  }

  private int from(int i) {
    return i == 0 ? at : at + (int) ends.get(i - 1);
  }

  private int to(int i) {
    return at + (int) ends.get(i);
  }

  /** Writes such columns. Reused; not thread safe. */
  static final class Writer {
    private long[] ends = {};
    private long[] present = {};
    private int[] order = {};

    /** Writes the texts of these entries, which may be {@link TextVector#NULL}. */
    void write(BlockBytes out, TextVector texts, int[] entries, int count) {
      ensure(count);
      int end = 0;
      for (int i = 0; i < count; i++) {
        int entry = entries[i];
        present[i] = entry == TextVector.NULL ? 0 : 1;
        end += entry == TextVector.NULL ? 0 : texts.to(entry) - texts.from(entry);
        ends[i] = end;
      }
      PackedLongs.write(out, ends, order, 0, count);
      PackedLongs.write(out, present, order, 0, count);
      out.addInt(end);
      for (int i = 0; i < count; i++) {
        int entry = entries[i];
        if (entry != TextVector.NULL) {
          int from = texts.from(entry);
          out.addBytes(texts.bytes(), from, texts.to(entry) - from);
        }
      }
    }

    private void ensure(int count) {
      if (ends.length < count) {
        ends = new long[count];
        present = new long[count];
        order = new int[count];
        Arrays.setAll(order, i -> i);
      }
    }
  }
}
