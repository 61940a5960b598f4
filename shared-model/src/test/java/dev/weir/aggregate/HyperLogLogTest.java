package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HyperLogLogTest {

  @Test
  void fewElementsAreCountedAlmostExactly() {
    HyperLogLog counter = new HyperLogLog();
    assertThat(counter.isEmpty()).isTrue();
    assertThat(counter.estimate()).isZero();
    assertThat(counter.toBytes()).isEmpty();
    for (int i = 1; i <= 100; i++) {
      counter.addHash(HyperLogLog.hash("user-" + i));
      assertThat(counter.estimate()).isBetween(i - 3L, i + 3L);
    }
    assertThat(counter.isEmpty()).isFalse();
  }

  /**
   * 1.04 / sqrt(4096) = 1.63 %: the root mean square over many sets must be there, and no set
   * absurdly far off.
   */
  @Test
  void theErrorIsTheStatedStandardError() {
    SplittableRandom random = new SplittableRandom(23);
    int sets = 300;
    for (int size : new int[] {1_000, 4_000, 10_000, 20_000, 100_000}) {
      double squares = 0;
      double errors = 0;
      for (int set = 0; set < sets; set++) {
        HyperLogLog counter = new HyperLogLog();
        for (int i = 0; i < size; i++) {
          counter.addHash(random.nextLong());
        }
        double error = (counter.estimate() - size) / (double) size;
        squares += error * error;
        errors += error;
        assertThat(Math.abs(error)).as("one set of %s", size).isLessThan(5 * 0.0163);
      }
      assertThat(Math.sqrt(squares / sets))
          .as("standard error at %s", size)
          .isLessThan(0.0163 * 1.12);
      assertThat(Math.abs(errors / sets))
          .as("bias at %s", size)
          .isLessThan(4 * 0.0163 / Math.sqrt(sets));
    }
  }

  @Test
  void namesAreSpreadLikeRandomHashes() {
    for (int size : new int[] {1_000, 30_000, 300_000}) {
      HyperLogLog counter = new HyperLogLog();
      for (int i = 0; i < size; i++) {
        counter.addHash(HyperLogLog.hash("10.0." + i / 256 + "." + i % 256));
      }
      assertThat((double) counter.estimate()).isBetween(size * 0.95, size * 1.05);
    }
  }

  @Test
  void extremeHashesKeepTheirRank() {
    HyperLogLog counter = new HyperLogLog();
    counter.addHash(0);
    counter.addHash(-1);
    assertThat(counter.toBytes()).containsExactly(0, 0, 53, 0x0F, 0xFF, 1);
    assertThat(counter.estimate()).isEqualTo(2);
  }

  @Test
  void allRegistersAtTheirHighestRankStillFitALong() {
    SortedMap<Integer, Integer> registers = new TreeMap<>();
    for (int register = 0; register < HyperLogLog.REGISTERS; register++) {
      registers.put(register, HyperLogLog.MAX_RANK);
    }
    assertThat(HyperLogLog.of(NaiveAggregator.canonicalBytes(registers)).estimate())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void bytesAreCanonicalAtTheChangeOfForm() {
    for (int taken : new int[] {0, 1, 383, 384, 385, 1022, 1023, 1024, 1025, 4096}) {
      SplittableRandom random = new SplittableRandom(taken);
      SortedMap<Integer, Integer> registers = new TreeMap<>();
      HyperLogLog counter = new HyperLogLog();
      while (registers.size() < taken) {
        int register = random.nextInt(HyperLogLog.REGISTERS);
        int rank = 1 + random.nextInt(52);
        counter.addHash(((long) register << 52) | (1L << (52 - rank)));
        registers.merge(register, rank, Math::max);
      }
      byte[] expected = NaiveAggregator.canonicalBytes(registers);
      HyperLogLog dense = new HyperLogLog();
      SplittableRandom other = new SplittableRandom(1);
      for (int i = 0; i < 2_000; i++) {
        dense.addHash(other.nextLong());
      }
      dense.clear();
      dense.merge(counter);

      assertThat(counter.toBytes()).as("%s registers", taken).isEqualTo(expected);
      assertThat(dense.toBytes()).as("%s registers, kept densely", taken).isEqualTo(expected);
      assertThat(HyperLogLog.of(expected).toBytes()).isEqualTo(expected);
      assertThat(HyperLogLog.of(expected)).isEqualTo(counter).hasSameHashCodeAs(dense);
      assertThat(dense.estimate()).isEqualTo(counter.estimate());
    }
  }

  @Test
  void otherBytesAreRefused() {
    assertRefused(new byte[4], "cannot have 4 bytes");
    assertRefused(new byte[] {0, 1, 1, 0, 1, 1}, "rank 1 in register 1 after register 1");
    assertRefused(new byte[] {0, 1, 0}, "rank 0 in register 1");
    assertRefused(new byte[] {0, 1, 54}, "rank 54 in register 1");
    assertRefused(new byte[] {0x10, 0, 1}, "in register 4096");
    assertRefused(new byte[HyperLogLog.DENSE_BYTES], "0 registers is in the dense form");
    byte[] ranksOf63 = new byte[HyperLogLog.DENSE_BYTES];
    Arrays.fill(ranksOf63, (byte) 0xFF);
    assertRefused(ranksOf63, "rank 63, above 53");
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> HyperLogLog.of(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
