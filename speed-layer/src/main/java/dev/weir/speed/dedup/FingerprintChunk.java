package dev.weir.speed.dedup;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** What one epoch added to one slice, as a checkpoint keeps it. Immutable; bytes are not copied. */
final class FingerprintChunk {
  private final long id;
  private final long endMillis;
  private final byte[] fingerprints;

  /**
   * @param id unique within its memory
   * @param endMillis the slice's end, epoch milliseconds, by which the chunk expires as a whole
   * @param fingerprints high and low half of each in turn, eight bytes each, highest byte first
   */
  FingerprintChunk(long id, long endMillis, byte[] fingerprints) {
    this.id = id;
    this.endMillis = endMillis;
    this.fingerprints = fingerprints;
  }

  long id() {
    return id;
  }

  long endMillis() {
    return endMillis;
  }

  /** High and low half of each fingerprint in turn. */
  LongBuffer fingerprints() {
    return ByteBuffer.wrap(fingerprints).asLongBuffer();
  }

  /** The chunk without its id: {@code endMillis}, then the fingerprints. */
  byte[] toBytes() {
    byte[] bytes = new byte[Long.BYTES + fingerprints.length];
    ByteBuffer.wrap(bytes).putLong(endMillis).put(fingerprints);
    return bytes;
  }

  /** Reads what {@link #toBytes()} wrote. */
  static FingerprintChunk of(long id, byte[] bytes) {
    return new FingerprintChunk(
        id, ByteBuffer.wrap(bytes).getLong(), Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
  }
}
