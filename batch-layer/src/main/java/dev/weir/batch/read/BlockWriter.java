package dev.weir.batch.read;

import dev.weir.archive.EventBatch;
import dev.weir.archive.TextVector;

/**
 * Writes rows of an {@link EventBatch} into blocks: what crosses the shuffle is a few large byte
 * arrays, not millions of objects. A block holds its rows by column, as {@link RowBlock} reads
 * them; its first byte says that it holds rows. Reused; not thread safe.
 */
final class BlockWriter {
  private final BlockBytes out = new BlockBytes();
  private final PackedTexts.Writer texts = new PackedTexts.Writer();
  private final NumberedTexts.Writer numbered = new NumberedTexts.Writer(texts);
  private final int[] entries = new int[EventBatch.MOST_ROWS];
  private final int numbers;

  /**
   * @param numbers how many numbers the pipeline's events declare
   */
  BlockWriter(int numbers) {
    this.numbers = numbers;
  }

  /**
   * Writes rows[from] to rows[to - 1].
   *
   * @param commits of the batch's rows
   * @param duplicateKeys of the batch's rows
   */
  byte[] write(
      EventBatch batch, long[] commits, long[] duplicateKeys, int[] rows, int from, int to) {
    out.clear();
    out.addByte(RowBlock.ROWS);
    out.addInt(to - from);
    PackedLongs.write(out, commits, rows, from, to);
    PackedLongs.write(out, batch.timeMicros(), rows, from, to);
    PackedLongs.write(out, batch.partitions(), rows, from, to);
    PackedLongs.write(out, batch.offsets(), rows, from, to);
    PackedLongs.write(out, batch.recordMillis(), rows, from, to);
    PackedLongs.write(out, batch.numbersPresent(), rows, from, to);
    PackedLongs.write(out, batch.rowHashes(), rows, from, to);
    PackedLongs.write(out, duplicateKeys, rows, from, to);
    for (int i = 0; i < numbers; i++) {
      PackedLongs.write(out, batch.numbers(i), rows, from, to);
    }
    numbered.write(out, batch.source(), rows, from, to);
    numbered.write(out, batch.topic(), rows, from, to);
    for (TextVector dimension : batch.dimensions()) {
      numbered.write(out, dimension, rows, from, to);
    }
    write(batch.id(), rows, from, to);
    for (TextVector identifier : batch.identifiers()) {
      write(identifier, rows, from, to);
    }
    return out.copy();
  }

  private void write(TextVector column, int[] rows, int from, int to) {
    for (int i = from; i < to; i++) {
      entries[i - from] = column.entry(rows[i]);
    }
    texts.write(out, column, entries, to - from);
  }
}
