package dev.weir.archive;

import dev.weir.event.Event;
import java.util.Arrays;
import java.util.List;

/**
 * Some rows of a file, column by column; {@link EventBatchReader} overwrites them with the next
 * ones. Arrays are by row, for reading only, and longer than the batch.
 */
public final class EventBatch {
  /**
   * The most rows a batch has: few enough for a core's cache, and so are copies of it for a heap.
   */
  public static final int MOST_ROWS = 1 << 12;

  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final long HOUR_MILLIS = 3_600_000L;

  private final ArchiveSchema schema;
  private final FileColumns columns;
  private final TextVector source;
  private final TextVector topic;
  private final LongVector partition;
  private final LongVector offset;
  private final LongVector recordTime;
  private final TextVector id;
  private final LongVector eventTime;
  private final List<TextVector> dimensions;
  private final List<TextVector> identifiers;
  private final List<LongVector> numbers;
  private final LongVector commit;
  private final long[] numbersPresent = new long[MOST_ROWS];
  private final long[] storedHashes = new long[MOST_ROWS];
  private final long[] rowHashes;
  private int rows;

  EventBatch(ArchiveSchema schema, FileColumns columns) {
    this.schema = schema;
    this.columns = columns;
    source = columns.text(ArchiveSchema.SOURCE);
    topic = columns.text(ArchiveSchema.TOPIC);
    partition = columns.required(ArchiveSchema.PARTITION);
    offset = columns.required(ArchiveSchema.OFFSET);
    recordTime = columns.required(ArchiveSchema.RECORD_TIME);
    id = columns.text(ArchiveSchema.EVENT_ID);
    eventTime = columns.required(ArchiveSchema.EVENT_TIME);
    dimensions = schema.dimensions().stream().map(columns::text).toList();
    identifiers = schema.identifiers().stream().map(columns::text).toList();
    numbers = schema.numbers().stream().map(number -> columns.number(number.name())).toList();
    commit = columns.number(ArchiveSchema.COMMIT);
    rowHashes = columns.evolved() ? new long[MOST_ROWS] : storedHashes;
  }

  /** Completes the batch once the columns' values were read. */
  void complete(int read) {
    rows = read;
    Arrays.fill(storedHashes, 0, rows, 0);
    columns.addStoredTerms(storedHashes, rows);
    if (columns.evolved()) {
      Arrays.fill(rowHashes, 0, rows, 0);
      columns.addDeclaredTerms(rowHashes, rows);
      mix(rowHashes);
    }
    mix(storedHashes);
    for (int row = 0; row < rows; row++) {
      long present = 0;
      for (int i = 0; i < numbers.size(); i++) {
        present |= numbers.get(i).present(row) ? 1L << i : 0;
      }
      numbersPresent[row] = present;
    }
  }

  private void mix(long[] sums) {
    for (int row = 0; row < rows; row++) {
      sums[row] = EventHash.mix(sums[row]);
    }
  }

  public int rows() {
    return rows;
  }

  /** The names of the rows' sources, as stored; never null. */
  public TextVector source() {
    return source;
  }

  /** With partition and offset where the record stood; never null. */
  public TextVector topic() {
    return topic;
  }

  public long[] partitions() {
    return partition.values();
  }

  public long[] offsets() {
    return offset.values();
  }

  /** The records' own timestamps, epoch milliseconds. */
  public long[] recordMillis() {
    return recordTime.values();
  }

  public TextVector id() {
    return id;
  }

  /** Event times, epoch microseconds UTC. */
  public long[] timeMicros() {
    return eventTime.values();
  }

  /** Start of a row's event hour, epoch milliseconds. */
  public long hourMillis(int row) {
    return Math.floorDiv(eventTime.values()[row], HOUR_MICROS) * HOUR_MILLIS;
  }

  /** By declared dimension. */
  public List<TextVector> dimensions() {
    return dimensions;
  }

  /** By declared identifier. */
  public List<TextVector> identifiers() {
    return identifiers;
  }

  /** The values of a declared number, at its declared scale; 0 where it is not present. */
  public long[] numbers(int number) {
    return numbers.get(number).values();
  }

  /** By row, bit i set where declared number i is present. */
  public long[] numbersPresent() {
    return numbersPresent;
  }

  /** The commits that archived the rows; 0 in files under {@code arrivals/}. */
  public long[] commits() {
    return commit.values();
  }

  /**
   * The rows' hashes as they stand in the file, with columns that the pipeline no longer declares:
   * the manifest's sums are made of these.
   */
  public long[] storedHashes() {
    return storedHashes;
  }

  /** The rows' {@link EventHash hashes} over the columns that are declared now. */
  public long[] rowHashes() {
    return rowHashes;
  }

  /**
   * Equal for rows of one source and event id; different ones have the same only by rare chance. Of
   * a row without an id, its hash.
   */
  public long duplicateKey(int row) {
    return id.entry(row) == TextVector.NULL
        ? rowHashes[row]
        : EventHash.mix(source.term(row) + id.term(row));
  }

  /** A row as an event, which shares nothing that will be overwritten. */
  ArchivedEvent event(int row) {
    String[] dimensionTexts = new String[dimensions.size()];
    Arrays.setAll(dimensionTexts, i -> dimensions.get(i).text(row));
    String[] identifierTexts = new String[identifiers.size()];
    Arrays.setAll(identifierTexts, i -> identifiers.get(i).text(row));
    long[] values = new long[numbers.size()];
    Arrays.setAll(values, i -> numbers.get(i).values()[row]);
    String sourceName = source.text(row);
    Event event =
        new Event(
            schema.sources().indexOf(sourceName),
            topic.text(row),
            (int) partitions()[row],
            offsets()[row],
            recordMillis()[row],
            id.text(row),
            timeMicros()[row],
            dimensionTexts,
            identifierTexts,
            values,
            numbersPresent[row]);
    return new ArchivedEvent(event, sourceName, commits()[row], storedHashes[row]);
  }
}
