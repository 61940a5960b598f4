package dev.weir.batch.read;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import scala.Tuple2;

/**
 * Collects packed rows into one block per bucket and hands full blocks out: what crosses the
 * shuffle is a few large byte arrays, not millions of objects. A block's first byte says what it
 * holds.
 */
final class BlockPacker {
  static final byte ROWS = 0;
  static final byte TALLY = 1;

  private static final int LARGEST_BLOCK = 1 << 16;
  private static final int SMALLEST_BLOCK = 1 << 11;

  /** All open blocks of a task together stay within about this. */
  private static final int OPEN_BYTES = 32 << 20;

  private final int blockBytes;
  private final Map<Integer, Block> open = new HashMap<>();
  private final Deque<Tuple2<Integer, byte[]>> full = new ArrayDeque<>();

  BlockPacker(int buckets) {
    blockBytes = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, OPEN_BYTES / buckets));
  }

  void addRow(int bucket, byte[] row, int length) {
    Block block = open.computeIfAbsent(bucket, b -> new Block());
    if (block.length + length > blockBytes && block.length > 1) {
      full.add(new Tuple2<>(bucket, block.taken()));
    }
    block.append(row, length);
  }

  void addTally(int bucket, FileTally tally) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(TALLY);
      tally.writeTo(out);
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    full.add(new Tuple2<>(bucket, bytes.toByteArray()));
  }

  /** Ends all open blocks. */
  void flush() {
    open.forEach((bucket, block) -> full.add(new Tuple2<>(bucket, block.taken())));
    open.clear();
  }

  /** The next full block with its bucket, or null. */
  Tuple2<Integer, byte[]> poll() {
    return full.poll();
  }

  private static final class Block {
    private byte[] bytes = new byte[SMALLEST_BLOCK];
    private int length = 1;

    void append(byte[] row, int rowLength) {
      if (length + rowLength > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + rowLength));
      }
      System.arraycopy(row, 0, bytes, length, rowLength);
      length += rowLength;
    }

    byte[] taken() {
      byte[] result = Arrays.copyOf(bytes, length);
      result[0] = ROWS;
      length = 1;
      return result;
    }
  }
}
