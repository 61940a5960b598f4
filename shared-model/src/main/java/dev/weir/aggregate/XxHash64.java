package dev.weir.aggregate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0, written from the xxHash specification (xxhash_spec.md 0.2.0, "XXH64 algorithm
 * description"). The test holds published vectors. Allocates nothing.
 */
final class XxHash64 {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;

  private XxHash64() {}

  static long hash(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    long accumulator;
    if (length >= STRIPE) {
      long lane2 = PRIME_2;
      long lane1 = lane2 + PRIME_1;
      long lane3 = 0;
      long lane4 = -PRIME_1;
      for (; at <= end - STRIPE; at += STRIPE) {
        lane1 = round(lane1, (long) LONG.get(bytes, at));
        lane2 = round(lane2, (long) LONG.get(bytes, at + 8));
        lane3 = round(lane3, (long) LONG.get(bytes, at + 16));
        lane4 = round(lane4, (long) LONG.get(bytes, at + 24));
      }
      accumulator =
          Long.rotateLeft(lane1, 1)
              + Long.rotateLeft(lane2, 7)
              + Long.rotateLeft(lane3, 12)
              + Long.rotateLeft(lane4, 18);
      accumulator = mergeLane(accumulator, lane1);
      accumulator = mergeLane(accumulator, lane2);
      accumulator = mergeLane(accumulator, lane3);
      accumulator = mergeLane(accumulator, lane4);
    } else {
      accumulator = PRIME_5;
    }
    accumulator += length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      accumulator ^= round(0, (long) LONG.get(bytes, at));
      accumulator = Long.rotateLeft(accumulator, 27) * PRIME_1 + PRIME_4;
    }
    if (at <= end - Integer.BYTES) {
      accumulator ^= Integer.toUnsignedLong((int) INT.get(bytes, at)) * PRIME_1;
      accumulator = Long.rotateLeft(accumulator, 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < end; at++) {
      accumulator ^= (bytes[at] & 0xFF) * PRIME_5;
      accumulator = Long.rotateLeft(accumulator, 11) * PRIME_1;
    }
    return avalanche(accumulator);
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long mergeLane(long accumulator, long lane) {
    return (accumulator ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long accumulator) {
    long mixed = (accumulator ^ (accumulator >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }
}
