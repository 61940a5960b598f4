package dev.weir.speed.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines. A line ends in LF or CR LF, which are not part of it; the last one may
 * end with the file. Of a line longer than the limit only the first bytes are kept, so that it can
 * be refused without holding it in memory.
 */
final class LineReader implements Closeable {
  /** More than a decoder accepts, so that a cut line is always refused. */
  static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[64 * 1024];
  private int start;
  private int end;
  private long position;
  private long lineStart;

  /**
   * @param position of the stream's next byte in the file
   */
  LineReader(InputStream in, long position, int maxLineBytes) {
    this.in = in;
    this.position = position;
    this.maxLineBytes = maxLineBytes;
  }

  /** The next line, without its end, or null at the end of the file. */
  byte[] next() throws IOException {
    byte[] line = null;
    lineStart = position;
    while (true) {
      if (start == end && !fill()) {
        return line == null ? null : withoutReturn(line);
      }
      int lineEnd = start;
      while (lineEnd < end && buffer[lineEnd] != '\n') {
        lineEnd++;
      }
      line = append(line, lineEnd);
      boolean complete = lineEnd < end;
      int taken = lineEnd - start + (complete ? 1 : 0);
      start += taken;
      position += taken;
      if (complete) {
        return withoutReturn(line);
      }
    }
  }

  /** Where the line last read begins in the file. */
  long lineStart() {
    return lineStart;
  }

  /** Where the next line begins in the file. */
  long position() {
    return position;
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    start = 0;
    end = Math.max(read, 0);
    return read > 0;
  }

  private byte[] append(byte[] line, int lineEnd) {
    if (line == null) {
      return Arrays.copyOfRange(buffer, start, Math.min(lineEnd, start + maxLineBytes));
    }
    int more = Math.min(lineEnd - start, maxLineBytes - line.length);
    if (more == 0) {
      return line;
    }
    byte[] longer = Arrays.copyOf(line, line.length + more);
    System.arraycopy(buffer, start, longer, line.length, more);
    return longer;
  }

  private static byte[] withoutReturn(byte[] line) {
    int length = line.length;
    return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
