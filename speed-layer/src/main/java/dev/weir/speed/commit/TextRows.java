package dev.weir.speed.commit;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/**
 * Rows in COPY's text format, the commit's number and its separator left out: what state of version
 * 1 holds.
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes are handed through, never copied or compared.
record TextRows(byte[] bytes) implements DeltaRows {
  private static final int CHUNK_BYTES = 1 << 16;

  /** Read off the lines' first field. */
  @Override
  public Set<String> hours() {
    Set<String> hours = new LinkedHashSet<>();
    byte[] present = {};
    for (int start = 0; start < bytes.length; ) {
      int end = start;
      while (bytes[end] != '\t') {
        end++;
      }
      // Lines of an hour follow each other for the most part: no text is made for the others.
      if (!Arrays.equals(bytes, start, end, present, 0, present.length)) {
        present = Arrays.copyOfRange(bytes, start, end);
        hours.add(new String(present, StandardCharsets.US_ASCII));
      }
      start = end;
      while (bytes[start++] != '\n') {}
    }
    return hours;
  }

  @Override
  public String format() {
    return "text";
  }

  /** A line feed only ever ends a line: COPY's text format escapes those of the values. */
  @Override
  public void sendTo(CopyIn copy, long commit) throws SQLException {
    byte[] prefix = (commit + "\t").getBytes(StandardCharsets.US_ASCII);
    byte[] chunk = new byte[CHUNK_BYTES];
    int filled = 0;
    boolean lineStarts = true;
    for (byte next : bytes) {
      if (filled + prefix.length + 1 > chunk.length) {
        copy.writeToCopy(chunk, 0, filled);
        filled = 0;
      }
      if (lineStarts) {
        System.arraycopy(prefix, 0, chunk, filled, prefix.length);
        filled += prefix.length;
      }
      chunk[filled++] = next;
      lineStarts = next == '\n';
    }
    copy.writeToCopy(chunk, 0, filled);
  }
}
