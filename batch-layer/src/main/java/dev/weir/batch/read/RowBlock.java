package dev.weir.batch.read;

import dev.weir.pipeline.EventSchema;
import java.util.Arrays;

/** The rows of a block, as {@link BlockWriter} wrote them, by column. */
final class RowBlock {
  /** A block's first byte: it holds rows. */
  static final byte ROWS = 0;

  final PackedLongs commit;
  final PackedLongs timeMicros;
  final PackedLongs partition;
  final PackedLongs offset;
  final PackedLongs recordMillis;
  final PackedLongs numbersPresent;
  final PackedLongs rowHash;
  final PackedLongs duplicateKey;
  final PackedLongs[] numbers;
  final NumberedTexts source;
  final NumberedTexts topic;
  final NumberedTexts[] dimensions;
  final PackedTexts id;
  final PackedTexts[] identifiers;
  private final int rows;

  /**
   * Takes a block in; its bytes are kept.
   *
   * @param dictionary that repeated texts are to be numbered by
   */
  RowBlock(BlockInput in, EventSchema schema, TextDictionary dictionary) {
    rows = in.nextInt();
    commit = new PackedLongs(in, rows);
    timeMicros = new PackedLongs(in, rows);
    partition = new PackedLongs(in, rows);
    offset = new PackedLongs(in, rows);
    recordMillis = new PackedLongs(in, rows);
    numbersPresent = new PackedLongs(in, rows);
    rowHash = new PackedLongs(in, rows);
    duplicateKey = new PackedLongs(in, rows);
    numbers = new PackedLongs[schema.numbers().size()];
    Arrays.setAll(numbers, i -> new PackedLongs(in, rows));
    source = new NumberedTexts(in, rows, dictionary);
    topic = new NumberedTexts(in, rows, dictionary);
    dimensions = new NumberedTexts[schema.dimensions().size()];
    Arrays.setAll(dimensions, i -> new NumberedTexts(in, rows, dictionary));
    id = new PackedTexts(in, rows);
    identifiers = new PackedTexts[schema.identifiers().size()];
    Arrays.setAll(identifiers, i -> new PackedTexts(in, rows));
  }

  int rows() {
    return rows;
  }
}
