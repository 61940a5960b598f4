package dev.weir.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The obviously correct oracle: keeps every value and computes each answer from scratch when asked.
 * Exact answers come from the values alone; the expected sketches are derived here by definitions
 * of their own (comparisons of fractions, binary text), so that they check the production code and
 * do not repeat it.
 */
public final class NaiveAggregator {

  private final MeasureLayout layout;
  private final List<List<Long>> values = new ArrayList<>();
  private final List<Set<String>> identifiers = new ArrayList<>();
  private long count;

  /** An oracle for one series. */
  public NaiveAggregator(MeasureLayout layout) {
    this.layout = layout;
    layout.numbers().forEach(measure -> values.add(new ArrayList<>()));
    layout.distinctIdentifiers().forEach(position -> identifiers.add(new HashSet<>()));
  }

  /**
   * Counts one event.
   *
   * @param numbers the event's scaled numbers by position, null where absent
   * @param ids the event's identifiers by position, null where absent
   */
  public void add(List<Long> numbers, List<String> ids) {
    count++;
    for (int i = 0; i < values.size(); i++) {
      Long value = numbers.get(layout.numbers().get(i).number());
      if (value != null) {
        values.get(i).add(value);
      }
    }
    for (int i = 0; i < identifiers.size(); i++) {
      String id = ids.get(layout.distinctIdentifiers().get(i));
      if (id != null) {
        identifiers.get(i).add(id);
      }
    }
  }

  /** How many events were added. */
  public long count() {
    return count;
  }

  /** The present values of the layout's i-th number, in order of arrival. */
  public List<Long> values(int i) {
    return Collections.unmodifiableList(values.get(i));
  }

  /** The exact sum of the layout's i-th number. */
  public BigInteger sum(int i) {
    return values.get(i).stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The smallest value of the layout's i-th number, which must have one. */
  public long min(int i) {
    return Collections.min(values.get(i));
  }

  /** The largest value of the layout's i-th number, which must have one. */
  public long max(int i) {
    return Collections.max(values.get(i));
  }

  /** The exact nearest-rank percentile of the layout's i-th number, which must have a value. */
  public long percentile(int i, BigDecimal fraction) {
    List<Long> sorted = values.get(i).stream().sorted().toList();
    int rank =
        fraction
            .multiply(BigDecimal.valueOf(sorted.size()))
            .setScale(0, RoundingMode.CEILING)
            .intValueExact();
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** The exact number of distinct values of the layout's i-th identifier. */
  public long distinct(int i) {
    return identifiers.get(i).size();
  }

  /** The expected bins of the layout's i-th number with their counts. */
  public SortedMap<Integer, Long> bins(int i) {
    SortedMap<Integer, Long> bins = new TreeMap<>();
    values.get(i).forEach(value -> bins.merge(binByDefinition(value), 1L, Long::sum));
    return bins;
  }

  /** The bin of a value by walking the octaves, each cut into 64 equal parts. */
  static int binByDefinition(long value) {
    BigInteger magnitude = BigInteger.valueOf(value).abs();
    BigInteger sixtyFour = BigInteger.valueOf(64);
    if (magnitude.compareTo(sixtyFour) < 0) {
      return (int) value;
    }
    BigInteger octave = sixtyFour;
    int firstBin = 64;
    while (magnitude.compareTo(octave.shiftLeft(1)) >= 0) {
      octave = octave.shiftLeft(1);
      firstBin += 64;
    }
    int index =
        firstBin + magnitude.subtract(octave).multiply(sixtyFour).divide(octave).intValueExact();
    return value < 0 ? -index : index;
  }

  /** The expected registers of the layout's i-th identifier: the non-zero ones with their ranks. */
  public SortedMap<Integer, Integer> registers(int i) {
    SortedMap<Integer, Integer> registers = new TreeMap<>();
    for (String id : identifiers.get(i)) {
      String bits = Long.toBinaryString(HyperLogLog.hash(id));
      bits = "0".repeat(Long.SIZE - bits.length()) + bits;
      int register = Integer.parseInt(bits.substring(0, 12), 2);
      int rank = (bits.substring(12) + "1").indexOf('1') + 1;
      registers.merge(register, rank, Math::max);
    }
    return registers;
  }

  /** The aggregate that a production layer must have, byte for byte. */
  public MinuteAggregate toAggregate() {
    List<NumberAggregate> numbers = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean some = !values.get(i).isEmpty();
      boolean percentiles = layout.numbers().get(i).percentiles();
      SortedMap<Integer, Long> bins = bins(i);
      numbers.add(
          NumberAggregate.of(
              values.get(i).size(),
              sum(i),
              some ? min(i) : 0,
              some ? max(i) : 0,
              percentiles ? bins.keySet().stream().mapToInt(Integer::intValue).toArray() : null,
              percentiles ? bins.values().stream().mapToLong(Long::longValue).toArray() : null));
    }
    List<HyperLogLog> distincts = new ArrayList<>();
    for (int i = 0; i < identifiers.size(); i++) {
      distincts.add(HyperLogLog.of(canonicalBytes(registers(i))));
    }
    return MinuteAggregate.of(layout, count, numbers, distincts);
  }

  /** The canonical bytes of a distinct counter, bit by bit. */
  static byte[] canonicalBytes(SortedMap<Integer, Integer> registers) {
    if (registers.size() < 1024) {
      byte[] sparse = new byte[3 * registers.size()];
      int at = 0;
      for (var entry : registers.entrySet()) {
        sparse[at++] = (byte) (entry.getKey() / 256);
        sparse[at++] = (byte) (entry.getKey() % 256);
        sparse[at++] = entry.getValue().byteValue();
      }
      return sparse;
    }
    byte[] planes = new byte[6 * 512];
    registers.forEach(
        (register, rank) -> {
          for (int plane = 0; plane < 6; plane++) {
            if ((rank & (1 << plane)) != 0) {
              planes[512 * plane + register / 8] |= (byte) (0x80 >> (register % 8));
            }
          }
        });
    return planes;
  }
}
