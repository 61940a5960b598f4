package dev.weir.speed.commit;

import dev.weir.db.CopyBinary;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/**
 * Rows in COPY's binary format, as {@link dev.weir.db.CubeBinaryRow} writes them, with any number
 * in the place of the commit's: what state of version 2 holds.
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes are handed through, never copied or compared.
record BinaryRows(byte[] bytes) implements DeltaRows {
  static final String FORMAT = "binary";

  private static final int CHUNK_BYTES = 1 << 16;

  /** Number of fields, then length and value of the commit. */
  private static final int UP_TO_COMMIT = Short.BYTES + Integer.BYTES + Long.BYTES;

  @Override
  public Set<String> hours() {
    Set<String> hours = new LinkedHashSet<>();
    ByteBuffer rows = ByteBuffer.wrap(bytes);
    long present = 0;
    for (int start = 0; start < bytes.length; start = end(rows, start)) {
      long hour = rows.getLong(start + UP_TO_COMMIT + Integer.BYTES);
      // Rows of an hour follow each other for the most part: no text is made for the others.
      if (hours.isEmpty() || hour != present) {
        present = hour;
        hours.add(CopyBinary.instant(hour).toString());
      }
    }
    return hours;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public void sendTo(CopyIn copy, long commit) throws SQLException {
    CopyBinary chunk = new CopyBinary().header();
    send(bytes, bytes.length, copy, commit, chunk);
    finish(copy, chunk);
  }

  /** Sends whole rows, each with the commit's number; what fills no chunk stays in it. */
  static void send(byte[] bytes, int length, CopyIn copy, long commit, CopyBinary chunk)
      throws SQLException {
    ByteBuffer rows = ByteBuffer.wrap(bytes);
    for (int start = 0; start < length; ) {
      int end = end(rows, start);
      int rest = start + UP_TO_COMMIT;
      chunk.row(rows.getShort(start)).bigint(commit).append(bytes, rest, end - rest);
      if (chunk.size() >= CHUNK_BYTES) {
        copy.writeToCopy(chunk.bytes(), 0, chunk.size());
        chunk.clear();
      }
      start = end;
    }
  }

  /** Sends what is left. */
  static void finish(CopyIn copy, CopyBinary chunk) throws SQLException {
    chunk.trailer();
    copy.writeToCopy(chunk.bytes(), 0, chunk.size());
  }

  private static int end(ByteBuffer rows, int start) {
    int at = start + Short.BYTES;
    for (int fields = rows.getShort(start); fields > 0; fields--) {
      // The length of a null is -1, and nothing follows.
      at += Integer.BYTES + Math.max(0, rows.getInt(at));
    }
    return at;
  }
}
