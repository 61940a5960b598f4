package dev.weir.archive;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file in memory: written once, then read. */
public final class MemoryFile implements OutputFile, InputFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int closed;

  /** How often its stream was closed. */
  int closed() {
    return closed;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return bytes.size();
      }

      @Override
      public void write(int value) {
        bytes.write(value);
      }

      @Override
      public void write(byte[] source, int offset, int length) {
        bytes.write(source, offset, length);
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    throw new UnsupportedOperationException("a file of the archive is never overwritten");
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public long getLength() {
    return bytes.size();
  }

  @Override
  public String getPath() {
    return "memory";
  }

  @Override
  public SeekableInputStream newStream() {
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
    return new DelegatingSeekableInputStream(
        new java.io.InputStream() {
          @Override
          public int read() {
            return content.hasRemaining() ? content.get() & 0xFF : -1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            if (!content.hasRemaining()) {
              return length == 0 ? 0 : -1;
            }
            int count = Math.min(length, content.remaining());
            content.get(target, offset, count);
            return count;
          }
        }) {
      @Override
      public long getPos() {
        return content.position();
      }

      @Override
      public void seek(long position) throws IOException {
        if (position > content.limit()) {
          throw new EOFException("no byte at " + position);
        }
        content.position((int) position);
      }
    };
  }
}
