package dev.weir.speed.commit;

import com.github.luben.zstd.Zstd;
import dev.weir.db.CopyBinary;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyIn;

/**
 * Rows as {@link BinaryRows} has them, compressed some at a time: lengths, keys that follow each
 * other and zeros are most of a row of few events, of which an epoch may have a million. Portions
 * follow each other, each with its length, its compressed length and a Zstandard frame of whole
 * rows, which ends in a checksum.
 *
 * @param hourMillis the rows' event hours, epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes are handed through, never copied or compared.
record CompressedRows(List<Long> hourMillis, byte[] bytes) implements DeltaRows {
  private static final int PORTION_BYTES = 1 << 18;
  private static final int LEVEL = 1;

  private static final String DAMAGED =
      "cannot commit: a portion of the epoch's rows is not what was written; the checkpoint is"
          + " damaged: restart the job from an earlier checkpoint or savepoint";

  CompressedRows {
    hourMillis = List.copyOf(hourMillis);
  }

  @Override
  public Set<String> hours() {
    return hourMillis.stream()
        .map(hour -> Instant.ofEpochMilli(hour).toString())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public String format() {
    return BinaryRows.FORMAT;
  }

  @Override
  public void sendTo(CopyIn copy, long commit) throws SQLException {
    CopyBinary chunk = new CopyBinary().header();
    ByteBuffer portions = ByteBuffer.wrap(bytes);
    while (portions.hasRemaining()) {
      byte[] rows = next(portions);
      BinaryRows.send(rows, rows.length, copy, commit, chunk);
    }
    BinaryRows.finish(copy, chunk);
  }

  /**
   * The rows of the next portion.
   *
   * @throws IllegalStateException if it is not whole
   */
  static byte[] next(ByteBuffer portions) {
    try {
      int length = portions.getInt();
      int compressed = portions.getInt();
      if (compressed <= portions.remaining()) {
        byte[] frame = new byte[compressed];
        portions.get(frame);
        if (Zstd.getFrameContentSize(frame) == length) {
          byte[] rows = new byte[length];
          Zstd.decompress(rows, frame);
          return rows;
        }
      }
    } catch (RuntimeException e) {
      // Lengths that fit nothing and frames that are none are told by exceptions of all kinds.
      throw new IllegalStateException(DAMAGED, e);
    }
    throw new IllegalStateException(DAMAGED);
  }

  /** Compresses rows as they come. Not thread safe. */
  static final class Writer {
    private final Set<Long> hours = new LinkedHashSet<>();
    private final ByteArrayOutputStream portions = new ByteArrayOutputStream();
    private byte[] frame = {};

    /** To append rows to; {@link #added} is to be called after each. */
    final CopyBinary rows = new CopyBinary();

    /** A row of that event hour was appended. */
    void added(long ofHourMillis) {
      hours.add(ofHourMillis);
      if (rows.size() >= PORTION_BYTES) {
        endPortion();
      }
    }

    private void endPortion() {
      int most = Math.toIntExact(Zstd.compressBound(rows.size()));
      if (frame.length < most) {
        frame = new byte[most];
      }
      long length =
          Zstd.compressByteArray(frame, 0, most, rows.bytes(), 0, rows.size(), LEVEL, true);
      byte[] lengths =
          ByteBuffer.allocate(2 * Integer.BYTES).putInt(rows.size()).putInt((int) length).array();
      portions.writeBytes(lengths);
      portions.write(frame, 0, (int) length);
      rows.clear();
    }

    CompressedRows finish() {
      if (rows.size() > 0) {
        endPortion();
      }
      return new CompressedRows(List.copyOf(hours), portions.toByteArray());
    }
  }
}
