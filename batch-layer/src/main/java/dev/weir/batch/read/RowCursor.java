package dev.weir.batch.read;

import dev.weir.archive.ArchivedEvent;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.util.List;

/**
 * Unpacks one row of a bucket at a time. The arrays it hands out are overwritten by the next {@link
 * #moveTo}, except those inside an {@link #archivedEvent()}. Hot path: moving allocates nothing.
 */
public final class RowCursor {
  private static final long MINUTE_MICROS = 60_000_000L;
  private static final long MINUTE_MILLIS = 60_000L;

  private final BucketRows rows;
  private final TextDictionary dictionary;
  private final List<String> sources;

  private final int[] dimensions;
  private final long[] numbers;
  private final long[] identifierHashes;
  private long identifiersPresent;
  private RowBlock block;
  private int place;

  public RowCursor(Pipeline pipeline, BucketRows rows) {
    this.rows = rows;
    this.dictionary = rows.dictionary();
    this.sources = pipeline.sources().stream().map(Source::name).toList();
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

  public long[] numbers() {
    return numbers;
  }

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

  /** The whole event, as it was archived; shares nothing with the cursor. */
  public ArchivedEvent archivedEvent() {
    String sourceName = dictionary.text(source());
    String[] dimensionTexts = new String[dimensions.length];
    for (int i = 0; i < dimensions.length; i++) {
      dimensionTexts[i] = dictionary.text(dimensions[i]);
    }
    String[] identifiers = new String[identifierHashes.length];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = block.identifiers[i].get(place);
    }
    Event event =
        new Event(
            sources.indexOf(sourceName),
            dictionary.text(block.topic.number(place)),
            (int) block.partition.get(place),
            block.offset.get(place),
            block.recordMillis.get(place),
            block.id.get(place),
            block.timeMicros.get(place),
            dimensionTexts,
            identifiers,
            numbers.clone(),
            numbersPresent());
    return new ArchivedEvent(event, sourceName, commit(), block.rowHash.get(place));
  }
}
