package dev.weir.batch.read;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.archive.ArchivedEvent;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Unpacks one row of a bucket at a time. The arrays it hands out are overwritten by the next {@link
 * #moveTo}, except those inside an {@link #archivedEvent()}. Hot path: moving allocates nothing but
 * a text seen for the first time.
 */
public final class RowCursor {
  private final BucketRows rows;
  private final TextDictionary dictionary = new TextDictionary();
  private final List<String> sources;
  private final int numberCount;

  private final int[] dimensions;
  private final int[] identifierAt;
  private final long[] numbers;
  private final long[] identifierHashes;
  private long identifiersPresent;
  private byte[] block;
  private int at;
  private int row;

  public RowCursor(Pipeline pipeline, BucketRows rows) {
    this.rows = rows;
    this.sources = pipeline.sources().stream().map(Source::name).toList();
    this.numberCount = pipeline.event().numbers().size();
    this.dimensions = new int[pipeline.event().dimensions().size()];
    this.identifierAt = new int[pipeline.event().identifiers().size()];
    this.identifierHashes = new long[identifierAt.length];
    this.numbers = new long[numberCount];
  }

  /** Unpacks what aggregating needs of a row. */
  public void moveTo(int number) {
    row = number;
    block = rows.block(number);
    at = rows.address(number);
    for (int i = 0; i < numberCount; i++) {
      numbers[i] = PackedRow.getLong(block, at + PackedRow.NUMBERS + Long.BYTES * i);
    }
    int text = rows.texts(number);
    for (int i = 0; i < 3; i++) {
      text = BucketRows.skip(block, text);
    }
    for (int i = 0; i < dimensions.length; i++) {
      int length = PackedRow.getLength(block, text);
      dimensions[i] =
          length == PackedRow.NULL_TEXT ? 0 : dictionary.number(block, text + 2, length);
      text = BucketRows.skip(block, text);
    }
    identifiersPresent = 0;
    for (int i = 0; i < identifierAt.length; i++) {
      int length = PackedRow.getLength(block, text);
      identifierAt[i] = text;
      if (length != PackedRow.NULL_TEXT) {
        identifierHashes[i] = HyperLogLog.hash(block, text + 2, length);
        identifiersPresent |= 1L << i;
      }
      text = BucketRows.skip(block, text);
    }
  }

  public long commit() {
    return PackedRow.getLong(block, at + PackedRow.COMMIT);
  }

  /** Start of the event's minute, epoch milliseconds. */
  public long minuteMillis() {
    return Math.floorDiv(PackedRow.getLong(block, at + PackedRow.TIME_MICROS), 60_000_000L)
        * 60_000L;
  }

  /** The event's dimensions as numbers of the {@link #dictionary()}. */
  public int[] dimensions() {
    return dimensions;
  }

  public TextDictionary dictionary() {
    return dictionary;
  }

  public long[] numbers() {
    return numbers;
  }

  public long numbersPresent() {
    return PackedRow.getLong(block, at + PackedRow.NUMBERS_PRESENT);
  }

  /** Hashes of the identifiers, for the distinct counters. */
  public long[] identifierHashes() {
    return identifierHashes;
  }

  public long identifiersPresent() {
    return identifiersPresent;
  }

  /** The name of the source the event came from. */
  public String sourceName() {
    return shared(rows.texts(row));
  }

  /** The whole event, as it was archived; shares nothing with the cursor. */
  public ArchivedEvent archivedEvent() {
    int source = rows.texts(row);
    int topic = BucketRows.skip(block, source);
    String sourceName = shared(source);
    String[] dimensionTexts = new String[dimensions.length];
    for (int i = 0; i < dimensions.length; i++) {
      dimensionTexts[i] = dictionary.text(dimensions[i]);
    }
    String[] identifiers = new String[identifierAt.length];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = text(identifierAt[i]);
    }
    Event event =
        new Event(
            sources.indexOf(sourceName),
            shared(topic),
            PackedRow.getInt(block, at + PackedRow.PARTITION),
            PackedRow.getLong(block, at + PackedRow.OFFSET),
            PackedRow.getLong(block, at + PackedRow.RECORD_MILLIS),
            text(BucketRows.skip(block, topic)),
            PackedRow.getLong(block, at + PackedRow.TIME_MICROS),
            dimensionTexts,
            identifiers,
            numbers.clone(),
            numbersPresent());
    return new ArchivedEvent(
        event, sourceName, commit(), PackedRow.getLong(block, at + PackedRow.ROW_HASH));
  }

  private String shared(int text) {
    return dictionary.text(dictionary.number(block, text + 2, PackedRow.getLength(block, text)));
  }

  private String text(int text) {
    int length = PackedRow.getLength(block, text);
    return length == PackedRow.NULL_TEXT
        ? null
        : new String(block, text + 2, length, StandardCharsets.UTF_8);
  }
}
