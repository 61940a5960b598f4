package dev.weir.batch.read;

/** Reads a block from its start, part by part. */
final class BlockInput {
  private final byte[] bytes;
  private int at;

  BlockInput(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  int nextByte() {
    return bytes[skip(1)];
  }

  int nextInt() {
    return (int) BlockBytes.INTS.get(bytes, skip(Integer.BYTES));
  }

  long nextLong() {
    return (long) BlockBytes.LONGS.get(bytes, skip(Long.BYTES));
  }

  /** Passes bytes over, and returns where they start. */
  int skip(int length) {
    int start = at;
    at += length;
    return start;
  }
}
