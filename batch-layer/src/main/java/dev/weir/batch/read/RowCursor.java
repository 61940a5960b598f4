package dev.weir.batch.read;

import dev.weir.archive.EncodedEvent;
import dev.weir.archive.Utf8Slice;
import dev.weir.pipeline.Pipeline;

/**
 * Unpacks one row of a bucket at a time. The arrays it hands out are overwritten by the next {@link
 * #moveTo}. Hot path: it allocates nothing.
 */
public final class RowCursor implements EncodedEvent {
  private static final long MINUTE_MICROS = 60_000_000L;
  private static final long MINUTE_MILLIS = 60_000L;

  private final BucketRows rows;
  private final TextDictionary dictionary;
  private final Utf8Slice text = new Utf8Slice();
  private final int[] dimensions;
  private final long[] numbers;
  private final long[] identifierHashes;
  private long identifiersPresent;
  private RowBlock block;
  private int place;

  public RowCursor(Pipeline pipeline, BucketRows rows) {
    this.rows = rows;
    this.dictionary = rows.dictionary();
    this.dimensions = new int[pipeline.event().dimensions().size()];
    this.identifierHashes = new long[pipeline.event().identifiers().size()];
    this.numbers = new long[pipeline.event().numbers().size()];
  }

  /** Unpacks what aggregating needs of a row. */
  public void moveTo(int row) {
    block = rows.block(row);
    place = rows.place(row);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = block.numbers[i].get(place);
    }
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = block.dimensions[i].number(place);
    }
    identifiersPresent = 0;
    for (int i = 0; i < identifierHashes.length; i++) {
      if (!block.identifiers[i].isNull(place)) {
        identifierHashes[i] = block.identifiers[i].hash(place);
        identifiersPresent |= 1L << i;
      }
    }
  }

  @Override
  public long commit() {
    return block.commit.get(place);
  }

  /** Start of the event's minute, epoch milliseconds. */
  public long minuteMillis() {
    return Math.floorDiv(block.timeMicros.get(place), MINUTE_MICROS) * MINUTE_MILLIS;
  }

  /** The event's dimensions as numbers of the {@link #dictionary()}. */
  public int[] dimensions() {
    return dimensions;
  }

  public TextDictionary dictionary() {
    return dictionary;
  }

  @Override
  public long[] numbers() {
    return numbers;
  }

  @Override
  public long numbersPresent() {
    return block.numbersPresent.get(place);
  }

  /** Hashes of the identifiers, for the distinct counters. */
  public long[] identifierHashes() {
    return identifierHashes;
  }

  public long identifiersPresent() {
    return identifiersPresent;
  }

  /** The name of the source the event came from, as a number of the {@link #dictionary()}. */
  public int source() {
    return block.source.number(place);
  }

  @Override
  public String sourceName() {
    return dictionary.text(source());
  }

  @Override
  public String topic() {
    return dictionary.text(block.topic.number(place));
  }

  @Override
  public int partition() {
    return (int) block.partition.get(place);
  }

  @Override
  public long offset() {
    return block.offset.get(place);
  }

  @Override
  public long recordMillis() {
    return block.recordMillis.get(place);
  }

  @Override
  public long timeMicros() {
    return block.timeMicros.get(place);
  }

  @Override
  public Utf8Slice id() {
    return block.id.isNull(place) ? null : block.id.slice(place, text);
  }

  @Override
  public String dimension(int i) {
    return dictionary.text(dimensions[i]);
  }

  @Override
  public Utf8Slice identifier(int i) {
    return (identifiersPresent >>> i & 1) == 0 ? null : block.identifiers[i].slice(place, text);
  }
}
