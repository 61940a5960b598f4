package dev.weir.aggregate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Six-bit ranks, one byte each, against their six bit planes: plane k is the bit string of every
 * rank's bit k, the first rank in the highest bit of the first byte. Eight ranks are moved at a
 * time as the bytes of one long.
 */
final class RankPlanes {

  static final int PLANES = 6;
  static final int PLANE_BYTES = HyperLogLog.REGISTERS / Byte.SIZE;
  static final int BYTES = PLANES * PLANE_BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long LOWEST_BITS = 0x0101010101010101L;

  /**
   * Multiplying the lowest bits of eight bytes by this gathers them, in order, in the highest byte.
   */
  private static final long GATHER = 0x0102040810204080L;

  /** For every byte, its bits as the lowest bits of eight bytes. */
  private static final long[] SCATTERED = new long[256];

  static {
    for (int value = 0; value < SCATTERED.length; value++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        SCATTERED[value] |= (long) ((value >> bit) & 1) << (Byte.SIZE * bit);
      }
    }
  }

  private RankPlanes() {}

  static byte[] ofRanks(byte[] ranks) {
    byte[] planes = new byte[BYTES];
    for (int group = 0; group < PLANE_BYTES; group++) {
      long eight = (long) LONG.get(ranks, Byte.SIZE * group);
      for (int plane = 0; plane < PLANES; plane++) {
        planes[plane * PLANE_BYTES + group] =
            (byte) ((((eight >>> plane) & LOWEST_BITS) * GATHER) >>> 56);
      }
    }
    return planes;
  }

  static byte[] toRanks(byte[] planes, int from) {
    byte[] ranks = new byte[HyperLogLog.REGISTERS];
    for (int group = 0; group < PLANE_BYTES; group++) {
      long eight = 0;
      for (int plane = 0; plane < PLANES; plane++) {
        eight |= SCATTERED[planes[from + plane * PLANE_BYTES + group] & 0xFF] << plane;
      }
      LONG.set(ranks, Byte.SIZE * group, eight);
    }
    return ranks;
  }
}
