package dev.weir.batch.read;

import dev.weir.pipeline.EventSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * All rows of one bucket in memory, as the blocks that arrived: about 80 bytes a row and eight for
 * its place. Rows are numbered in the order they came.
 */
public final class BucketRows {
  private final EventSchema schema;
  private final TextDictionary dictionary = new TextDictionary();
  private final List<RowBlock> blocks = new ArrayList<>();
  private final List<FileTally> tallies = new ArrayList<>();

  /** By row: the block in the upper half, the place in it in the lower. */
  private long[] places = new long[1024];

  private int size;

  /**
   * @param schema of the pipeline's events
   */
  public BucketRows(EventSchema schema) {
    this.schema = schema;
  }

  /** Takes one block in; the array is kept. */
  public void add(byte[] bytes) {
    BlockInput in = new BlockInput(bytes);
    if (in.nextByte() == FileTally.TALLY) {
      tallies.add(FileTally.ofBlock(bytes));
      return;
    }
    long base = (long) blocks.size() << Integer.SIZE;
    RowBlock block = new RowBlock(in, schema, dictionary);
    blocks.add(block);
    if (places.length - size < block.rows()) {
      places = Arrays.copyOf(places, Math.max(2 * size, size + block.rows()));
    }
    for (int i = 0; i < block.rows(); i++) {
      places[size++] = base | i;
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

  /** What the numbers of the rows' repeated texts stand for. */
  TextDictionary dictionary() {
    return dictionary;
  }

  RowBlock block(int row) {
    return blocks.get((int) (places[row] >>> Integer.SIZE));
  }

  /** The row's place in its block. */
  int place(int row) {
    return (int) places[row];
  }

  /** Passes the duplicate keys: equal for duplicates, and for other events only by rare chance. */
  public void eachDuplicateKey(Values each) {
    pass(block -> block.duplicateKey, each);
  }

  /** Passes the event times, epoch microseconds. */
  public void eachTimeMicros(Values each) {
    pass(block -> block.timeMicros, each);
  }

  /** Passes the rows' hashes over the columns declared now. */
  public void eachRowHash(Values each) {
    pass(block -> block.rowHash, each);
  }

  private void pass(Function<RowBlock, PackedLongs> column, Values each) {
    long[] values = {};
    int first = 0;
    for (RowBlock block : blocks) {
      if (values.length < block.rows()) {
        values = new long[block.rows()];
      }
      column.apply(block).copyTo(values, block.rows());
      each.pass(first, values, block.rows());
      first += block.rows();
    }
  }

  /**
   * Takes a column's values, those of a block at a time, which is much faster than to ask for them
   * row by row.
   */
  @FunctionalInterface
  public interface Values {
    /**
     * Takes the values of successive rows.
     *
     * @param first the first row
     * @param values what stands behind the count is of no meaning
     */
    void pass(int first, long[] values, int count);
  }

  /** The rows that have no event id: they are no duplicates of anything. */
  public BitSet withoutId() {
    BitSet without = new BitSet();
    int first = 0;
    for (RowBlock block : blocks) {
      for (int i = 0; !block.id.hasNoNull() && i < block.rows(); i++) {
        if (block.id.isNull(i)) {
          without.set(first + i);
        }
      }
      first += block.rows();
    }
    return without;
  }

  /** Whether two rows have the same source and, which must not be null, event id. */
  public boolean sameEvent(int left, int right) {
    RowBlock a = block(left);
    RowBlock b = block(right);
    return a.source.number(place(left)) == b.source.number(place(right))
        && a.id.equal(place(left), b.id, place(right));
  }

  private String topic(int row) {
    return dictionary.text(block(row).topic.number(place(row)));
  }

  /**
   * Orders rows as they came to the archive: by commit, partition and offset; records of different
   * topics that agree in these, by topic.
   */
  public int compareArrival(int left, int right) {
    RowBlock a = block(left);
    RowBlock b = block(right);
    int order = Long.compare(a.commit.get(place(left)), b.commit.get(place(right)));
    if (order == 0) {
      order = Long.compare(a.partition.get(place(left)), b.partition.get(place(right)));
    }
    if (order == 0) {
      order = Long.compare(a.offset.get(place(left)), b.offset.get(place(right)));
    }
    return order != 0 ? order : topic(left).compareTo(topic(right));
  }
}
