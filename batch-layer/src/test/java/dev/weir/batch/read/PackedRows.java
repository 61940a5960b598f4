package dev.weir.batch.read;

import dev.weir.archive.ArchivedEvent;
import java.util.List;
import scala.Tuple2;

/** Packs events into a bucket as the reading tasks do. */
public final class PackedRows {
  private PackedRows() {}

  /** A bucket of these events; the duplicate key is the hash of their ids. */
  public static BucketRows bucket(int numbers, List<ArchivedEvent> events) {
    BlockPacker packer = new BlockPacker(1);
    RowPacker row = new RowPacker();
    for (ArchivedEvent event : events) {
      String id = event.event().id();
      // A poor hash on purpose: different ids must be told apart by their texts.
      row.pack(event, event.storedHash(), id == null ? 1 : id.length());
      packer.addRow(0, row.bytes(), row.length());
    }
    packer.flush();
    BucketRows rows = new BucketRows(numbers);
    for (Tuple2<Integer, byte[]> block = packer.poll(); block != null; block = packer.poll()) {
      rows.add(block._2());
    }
    return rows;
  }
}
