package dev.weir.archive;

import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Passes everything on and remembers how long the file became: Parquet does not count its footer.
 */
final class MeasuredOutputFile implements OutputFile {
  private final OutputFile file;
  private MeasuredStream stream;

  MeasuredOutputFile(OutputFile file) {
    this.file = file;
  }

  /** Bytes written so far; the file's length once it is closed. */
  long bytes() {
    return stream == null ? 0 : stream.bytes;
  }

  /** Closes the stream under a writer that is given up. */
  void closeStream() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    stream = new MeasuredStream(file.create(blockSizeHint));
    return stream;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    stream = new MeasuredStream(file.createOrOverwrite(blockSizeHint));
    return stream;
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  @Override
  public String getPath() {
    return file.getPath();
  }

  private static final class MeasuredStream extends PositionOutputStream {
    private final PositionOutputStream out;
    private long bytes;
    private boolean closed;

    MeasuredStream(PositionOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return bytes;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
      bytes += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        out.close();
      }
    }
  }
}
