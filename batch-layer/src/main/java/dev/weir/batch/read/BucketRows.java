package dev.weir.batch.read;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All rows of one bucket in memory, as the packed blocks that arrived: about 130 bytes a row and
 * eight for its address. Rows are numbered in the order they came.
 */
public final class BucketRows {
  private final int textsAt;
  private final List<byte[]> blocks = new ArrayList<>();
  private final List<FileTally> tallies = new ArrayList<>();
  private long[] addresses = new long[1024];
  private int size;

  /**
   * @param numbers how many numbers the pipeline's events declare
   */
  public BucketRows(int numbers) {
    this.textsAt = PackedRow.NUMBERS + Long.BYTES * numbers;
  }

  /** Takes one block in; the array is kept. */
  public void add(byte[] block) {
    if (block[0] == BlockPacker.TALLY) {
      addTally(block);
      return;
    }
    long base = (long) blocks.size() << Integer.SIZE;
    blocks.add(block);
    for (int at = 1; at < block.length; at += Integer.BYTES + PackedRow.getInt(block, at)) {
      if (size == addresses.length) {
        addresses = Arrays.copyOf(addresses, 2 * size);
      }
      addresses[size++] = base | at;
    }
  }

  private void addTally(byte[] block) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(block))) {
      in.readByte();
      tallies.add(FileTally.readFrom(in));
    } catch (IOException e) {
      throw new AssertionError("reading from memory cannot fail", e);
    }
  }

  /** What the reading tasks found in the files, where this is its hour's first bucket. */
  public List<FileTally> tallies() {
    return tallies;
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  byte[] block(int row) {
    return blocks.get((int) (addresses[row] >>> Integer.SIZE));
  }

  int address(int row) {
    return (int) addresses[row];
  }

  /** The commit that archived the row. */
  public long commit(int row) {
    return PackedRow.getLong(block(row), address(row) + PackedRow.COMMIT);
  }

  /** Event time, epoch microseconds. */
  public long timeMicros(int row) {
    return PackedRow.getLong(block(row), address(row) + PackedRow.TIME_MICROS);
  }

  /** The row's hash over the columns declared now. */
  public long rowHash(int row) {
    return PackedRow.getLong(block(row), address(row) + PackedRow.ROW_HASH);
  }

  /** Equal for duplicates; different events have the same only by rare chance. */
  public long duplicateKey(int row) {
    return PackedRow.getLong(block(row), address(row) + PackedRow.DUPLICATE_KEY);
  }

  /** Where the first text of the row, its source, stands in its block. */
  int texts(int row) {
    return address(row) + textsAt;
  }

  /** Whether the row has an event id; without one it is no duplicate of anything. */
  public boolean hasId(int row) {
    byte[] block = block(row);
    int id = skip(block, skip(block, texts(row)));
    return PackedRow.getLength(block, id) != PackedRow.NULL_TEXT;
  }

  /** Whether two rows have the same source and, which must not be null, event id. */
  public boolean sameEvent(int left, int right) {
    byte[] a = block(left);
    byte[] b = block(right);
    int sourceA = texts(left);
    int sourceB = texts(right);
    return sameText(a, sourceA, b, sourceB)
        && sameText(a, skip(a, skip(a, sourceA)), b, skip(b, skip(b, sourceB)));
  }

  private int compareTopics(int left, int right) {
    byte[] a = block(left);
    byte[] b = block(right);
    int topicA = skip(a, texts(left));
    int topicB = skip(b, texts(right));
    return Arrays.compare(a, topicA + 2, skip(a, topicA), b, topicB + 2, skip(b, topicB));
  }

  private static boolean sameText(byte[] a, int atA, byte[] b, int atB) {
    return Arrays.equals(a, atA, skip(a, atA), b, atB, skip(b, atB));
  }

  /** The place after a text. */
  static int skip(byte[] block, int text) {
    int length = PackedRow.getLength(block, text);
    return text + 2 + (length == PackedRow.NULL_TEXT ? 0 : length);
  }

  /**
   * Orders rows as they came to the archive: by commit, partition and offset; records of different
   * topics that agree in these, by topic.
   */
  public int compareArrival(int left, int right) {
    byte[] a = block(left);
    byte[] b = block(right);
    int atA = address(left);
    int atB = address(right);
    int order =
        Long.compare(
            PackedRow.getLong(a, atA + PackedRow.COMMIT),
            PackedRow.getLong(b, atB + PackedRow.COMMIT));
    if (order == 0) {
      order =
          Integer.compare(
              PackedRow.getInt(a, atA + PackedRow.PARTITION),
              PackedRow.getInt(b, atB + PackedRow.PARTITION));
    }
    if (order == 0) {
      order =
          Long.compare(
              PackedRow.getLong(a, atA + PackedRow.OFFSET),
              PackedRow.getLong(b, atB + PackedRow.OFFSET));
    }
    return order != 0 ? order : compareTopics(left, right);
  }
}
