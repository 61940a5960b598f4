package dev.weir.aggregate;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * All measures of one series of one cube over a set of events: the value both layers accumulate,
 * ship and compare.
 *
 * <p>A commutative monoid under {@link #merge}: any order and grouping of the same events gives
 * equal aggregates and identical {@link #toBytes() bytes}. What does not fit (a count beyond 63
 * bits, a sum beyond 128) is an {@link ArithmeticException} that names the value; the aggregate is
 * then to be thrown away.
 *
 * <p>Mutable and not thread safe. {@link #add} is the hot path: it allocates only when a sketch
 * grows.
 */
public final class MinuteAggregate {
  private final MeasureLayout layout;
  private final NumberAggregate[] numbers;
  private final HyperLogLog[] distincts;
  private final int[] numberPositions; // The layout's, unboxed for the hot path.
  private final int[] identifierPositions;
  private long count;

  private MinuteAggregate(
      MeasureLayout layout, NumberAggregate[] numbers, HyperLogLog[] distincts) {
    this.layout = layout;
    this.numbers = numbers;
    this.distincts = distincts;
    this.numberPositions = new int[numbers.length];
    this.identifierPositions = new int[distincts.length];
    for (int i = 0; i < numbers.length; i++) {
      numberPositions[i] = layout.numbers().get(i).number();
    }
    for (int i = 0; i < distincts.length; i++) {
      identifierPositions[i] = layout.distinctIdentifiers().get(i);
    }
  }

  /** Shares what does not differ between aggregates of one layout. */
  private MinuteAggregate(
      MinuteAggregate like, NumberAggregate[] numbers, HyperLogLog[] distincts, long count) {
    this.layout = like.layout;
    this.numberPositions = like.numberPositions;
    this.identifierPositions = like.identifierPositions;
    this.numbers = numbers;
    this.distincts = distincts;
    this.count = count;
  }

  private MinuteAggregate(MinuteAggregate other) {
    layout = other.layout;
    numberPositions = other.numberPositions;
    identifierPositions = other.identifierPositions;
    count = other.count;
    numbers = new NumberAggregate[other.numbers.length];
    distincts = new HyperLogLog[other.distincts.length];
    Arrays.setAll(numbers, i -> other.numbers[i].copy());
    Arrays.setAll(distincts, i -> other.distincts[i].copy());
  }

  /** The aggregate of no events. */
  public static MinuteAggregate empty(MeasureLayout layout) {
    NumberAggregate[] numbers = new NumberAggregate[layout.numbers().size()];
    HyperLogLog[] distincts = new HyperLogLog[layout.distinctIdentifiers().size()];
    Arrays.setAll(numbers, i -> new NumberAggregate(layout.numbers().get(i).percentiles()));
    Arrays.setAll(distincts, i -> new HyperLogLog());
    return new MinuteAggregate(layout, numbers, distincts);
  }

  /**
   * Restores an aggregate from the values a database row holds. The parts are copied.
   *
   * @throws IllegalArgumentException if the parts do not fit the layout or a number has more values
   *     than events
   */
  public static MinuteAggregate of(
      MeasureLayout layout,
      long count,
      List<NumberAggregate> numbers,
      List<HyperLogLog> distincts) {
    if (numbers.size() != layout.numbers().size()
        || distincts.size() != layout.distinctIdentifiers().size()) {
      throw new IllegalArgumentException(
          numbers.size()
              + " numbers and "
              + distincts.size()
              + " distinct counters do not fit "
              + layout);
    }
    MinuteAggregate result = empty(layout);
    for (int i = 0; i < result.numbers.length; i++) {
      NumberAggregate number = numbers.get(i);
      if ((number.bins() == null) == layout.numbers().get(i).percentiles()) {
        throw new IllegalArgumentException(
            "number " + i + " does not fit " + layout.numbers().get(i));
      }
      if (number.count() > count) {
        throw new IllegalArgumentException(
            "number " + i + " has " + number.count() + " values in " + count + " events");
      }
      result.numbers[i] = number.copy();
    }
    Arrays.setAll(result.distincts, i -> distincts.get(i).copy());
    result.count = count;
    return result;
  }

  /**
   * Counts one event. The arrays are the event's, indexed by the positions the layout names.
   *
   * @param numbers scaled values; an entry whose bit is not set is not looked at
   * @param numbersPresentMask bit i says that number i is present
   * @param identifierHashes {@link HyperLogLog#hash hashes}; an entry whose bit is not set is not
   *     looked at
   * @param identifiersPresentMask bit i says that identifier i is present
   */
  public void add(
      long[] numbers,
      long numbersPresentMask,
      long[] identifierHashes,
      long identifiersPresentMask) {
    count(1);
    for (int i = 0; i < numberPositions.length; i++) {
      int position = numberPositions[i];
      if (((numbersPresentMask >>> position) & 1) != 0) {
        try {
          this.numbers[i].add(numbers[position]);
        } catch (ArithmeticException e) {
          throw overflow(i, e);
        }
      }
    }
    for (int i = 0; i < identifierPositions.length; i++) {
      int position = identifierPositions[i];
      if (((identifiersPresentMask >>> position) & 1) != 0) {
        distincts[i].addHash(identifierHashes[position]);
      }
    }
  }

  /**
   * Takes in the other's events; the other stays as it is.
   *
   * @throws IllegalArgumentException if the layouts differ
   */
  public void merge(MinuteAggregate other) {
    if (!layout.equals(other.layout)) {
      throw new IllegalArgumentException(
          "cannot merge an aggregate of " + other.layout + " into one of " + layout);
    }
    count(other.count);
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i].merge(other.numbers[i]);
      } catch (ArithmeticException e) {
        throw overflow(i, e);
      }
    }
    for (int i = 0; i < distincts.length; i++) {
      distincts[i].merge(other.distincts[i]);
    }
  }

  /** Counts events whose numbers and identifiers are merged apart. */
  void count(long events) {
    count = Math.addExact(count, events);
  }

  ArithmeticException overflow(int i, ArithmeticException cause) {
    ArithmeticException named =
        new ArithmeticException(
            "number " + numberPositions[i] + " of the event: " + cause.getMessage());
    named.initCause(cause);
    return named;
  }

  /** What this aggregate measures. */
  public MeasureLayout layout() {
    return layout;
  }

  /** How many events were counted. */
  public long count() {
    return count;
  }

  /** The i-th of the layout's numbers, for reading only; it changes with this aggregate. */
  public NumberAggregate number(int i) {
    return numbers[i];
  }

  /**
   * The i-th of the layout's distinct identifiers, for reading only; it changes with this
   * aggregate.
   */
  public HyperLogLog distinct(int i) {
    return distincts[i];
  }

  /** Whether no event was counted. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** An independent copy. */
  public MinuteAggregate copy() {
    return new MinuteAggregate(this);
  }

  /** Forgets all events and keeps the memory. */
  public void clear() {
    count = 0;
    for (NumberAggregate number : numbers) {
      number.clear();
    }
    for (HyperLogLog distinct : distincts) {
      distinct.clear();
    }
  }

  /**
   * Writes the canonical form: equal aggregates of one layout give identical bytes. The layout is
   * not written.
   */
  public void writeTo(DataOutput out) throws IOException {
    CompactNumbers.writeUnsigned(out, count);
    for (NumberAggregate number : numbers) {
      NumberEncoding.write(number, out);
    }
    for (HyperLogLog distinct : distincts) {
      byte[] bytes = distinct.toBytes();
      CompactNumbers.writeUnsigned(out, bytes.length);
      out.write(bytes);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote for the same layout.
   *
   * @param like an aggregate of the layout, with which it shares what never differs
   * @throws StreamCorruptedException if the bytes are no aggregate of this layout
   */
  public static MinuteAggregate readFrom(MinuteAggregate like, DataInput in) throws IOException {
    MeasureLayout layout = like.layout;
    long count = CompactNumbers.readUnsigned(in);
    if (count < 0) {
      throw new StreamCorruptedException("an aggregate's count of events is negative: " + count);
    }
    NumberAggregate[] numbers = new NumberAggregate[layout.numbers().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = NumberEncoding.read(layout.numbers().get(i).percentiles(), in);
    }
    HyperLogLog[] distincts = new HyperLogLog[layout.distinctIdentifiers().size()];
    for (int i = 0; i < distincts.length; i++) {
      byte[] bytes = new byte[CompactNumbers.readCount(in, HyperLogLog.DENSE_BYTES)];
      in.readFully(bytes);
      try {
        distincts[i] = HyperLogLog.of(bytes);
      } catch (IllegalArgumentException e) {
        StreamCorruptedException corrupted = new StreamCorruptedException(e.getMessage());
        corrupted.initCause(e);
        throw corrupted;
      }
    }
    return new MinuteAggregate(like, numbers, distincts, count);
  }

  /** The canonical bytes, as {@link #writeTo} writes them. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MinuteAggregate that
        && layout.equals(that.layout)
        && count == that.count
        && Arrays.equals(numbers, that.numbers)
        && Arrays.equals(distincts, that.distincts);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(count) + Arrays.hashCode(numbers)) + Arrays.hashCode(distincts);
  }

  @Override
  public String toString() {
    return "count "
        + count
        + " numbers "
        + Arrays.toString(numbers)
        + " distinct "
        + Arrays.toString(distincts);
  }
}
