package dev.weir.batch.read;

import dev.weir.pipeline.EventSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /** The commit that archived the row. */
  public long commit(int row) {
    return block(row).commit.get(place(row));
  }

  /** Event time, epoch microseconds. */
  public long timeMicros(int row) {
    return block(row).timeMicros.get(place(row));
  }

  /** The row's hash over the columns declared now. */
  public long rowHash(int row) {
    return block(row).rowHash.get(place(row));
  }

  /** Equal for duplicates; different events have the same only by rare chance. */
  public long duplicateKey(int row) {
    return block(row).duplicateKey.get(place(row));
  }

  /** Whether the row has an event id; without one it is no duplicate of anything. */
  public boolean hasId(int row) {
    return !block(row).id.isNull(place(row));
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
