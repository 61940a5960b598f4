package dev.weir.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;

/**
 * The canonical bytes of a {@link NumberAggregate}: count, min, max - min, sum, bins; nothing after
 * a count of 0.
 *
 * <p>Where all values are equal (so always for a single one) the sum and the bins follow from the
 * rest and are left out: most partial aggregates are that small. Bins are written as distances,
 * which fit one byte as a rule.
 */
final class NumberEncoding {

  private NumberEncoding() {}

  static void write(NumberAggregate number, DataOutput out) throws IOException {
    CompactNumbers.writeUnsigned(out, number.count());
    if (number.count() == 0) {
      return;
    }
    CompactNumbers.writeSigned(out, number.min());
    CompactNumbers.writeUnsigned(out, number.max() - number.min());
    if (number.min() == number.max()) {
      return;
    }
    CompactNumbers.writeSigned128(out, number.sumHigh(), number.sumLow());
    if (number.bins() != null) {
      writeBins(number.bins(), out);
    }
  }

  private static void writeBins(LogLinearBins bins, DataOutput out) throws IOException {
    int[] present = new int[bins.size()];
    long[] counts = new long[bins.size()];
    bins.copyTo(present, counts);
    CompactNumbers.writeUnsigned(out, present.length);
    CompactNumbers.writeSigned(out, present[0]);
    for (int i = 0; i < present.length; i++) {
      if (i > 0) {
        CompactNumbers.writeUnsigned(out, present[i] - present[i - 1] - 1L);
      }
      CompactNumbers.writeUnsigned(out, counts[i]);
    }
  }

  static NumberAggregate read(boolean percentiles, DataInput in) throws IOException {
    long count = CompactNumbers.readUnsigned(in);
    if (count < 0) {
      throw new StreamCorruptedException("an aggregate's count is negative: " + count);
    }
    if (count == 0) {
      return new NumberAggregate(percentiles);
    }
    long min = CompactNumbers.readSigned(in);
    long max = min + CompactNumbers.readUnsigned(in);
    if (max < min) {
      throw new StreamCorruptedException("an aggregate's max " + max + " is below its min " + min);
    }
    if (min == max) {
      LogLinearBins bins = percentiles ? new LogLinearBins() : null;
      if (percentiles) {
        bins.add(LogLinearBins.binOf(min), count);
      }
      return new NumberAggregate(count, Math.multiplyHigh(count, min), count * min, min, max, bins);
    }
    long[] sum = CompactNumbers.readSigned128(in);
    return new NumberAggregate(
        count, sum[0], sum[1], min, max, percentiles ? readBins(in, count) : null);
  }

  private static LogLinearBins readBins(DataInput in, long expectedTotal) throws IOException {
    int size = CompactNumbers.readCount(in, LogLinearBins.MAX_BIN - LogLinearBins.MIN_BIN + 1);
    LogLinearBins bins = LogLinearBins.expecting(size);
    long bin = CompactNumbers.readSigned(in);
    long total = 0;
    for (int i = 0; i < size; i++) {
      bin += i == 0 ? 0 : 1 + CompactNumbers.readUnsigned(in);
      long count = CompactNumbers.readUnsigned(in);
      total += count;
      if (bin < LogLinearBins.MIN_BIN || bin > LogLinearBins.MAX_BIN || count <= 0 || total < 0) {
        throw new StreamCorruptedException(
            "an aggregate has the bin " + bin + " with count " + count);
      }
      bins.add((int) bin, count);
    }
    if (total != expectedTotal) {
      throw new StreamCorruptedException(
          "an aggregate's bins hold " + total + " values, its count is " + expectedTotal);
    }
    return bins;
  }
}
