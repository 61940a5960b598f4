package dev.weir.archive;

import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/** Writes small numbers in the bit-packed runs of Parquet's RLE/bit-packing hybrid. */
final class BitPacked {
  private static final int GROUP = 8;

  /** As many groups as a header of one byte counts. */
  private static final int MOST_GROUPS = 63;

  private BitPacked() {}

  /**
   * Adds the first numbers of an array.
   *
   * @param numbers at least {@code count}, rounded up to a multiple of 8; what stands behind them
   *     is padding
   * @param bitWidth 1 to 32; no number needs more bits
   */
  static void write(PageBytes to, int[] numbers, int count, int bitWidth) {
    BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
    int groups = (count + GROUP - 1) / GROUP;
    for (int from = 0; from < groups; from += MOST_GROUPS) {
      int run = Math.min(MOST_GROUPS, groups - from);
      to.addByte(run << 1 | 1);
      byte[] bytes = to.reserve(run * bitWidth);
      for (int group = 0; group < run; group++) {
        packer.pack8Values(numbers, (from + group) * GROUP, bytes, to.size() + group * bitWidth);
      }
      to.advance(run * bitWidth);
    }
  }

  /** Bits of the largest number; at least 1. */
  static int width(int largest) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(largest));
  }
}
