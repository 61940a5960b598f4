package dev.weir.local.produce;

import dev.weir.local.runtime.LocalRuntimeException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The lines of a file as bytes, without their line ends (LF or CRLF); gzip is unpacked. */
public final class LineReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BufferedInputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

  /**
   * @throws IOException if the beginning cannot be read, or is a damaged gzip header
   */
  LineReader(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    this.in =
        isGzip(buffered)
            ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER_BYTES), BUFFER_BYTES)
            : buffered;
  }

  /**
   * Opens a file.
   *
   * @param file a path, or {@code -} for standard input
   * @throws LocalRuntimeException if it is missing, no file, or may not be read
   */
  public static LineReader open(String file) throws IOException {
    if (file.equals("-")) {
      return new LineReader(System.in);
    }
    if (Files.isDirectory(Path.of(file))) {
      throw new LocalRuntimeException(file + " is a directory. Name a file in it.");
    }
    try {
      return new LineReader(Files.newInputStream(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new LocalRuntimeException("There is no file " + file + ".", e);
    } catch (AccessDeniedException e) {
      throw new LocalRuntimeException("The file " + file + " may not be read.", e);
    }
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  /** The next line; null at the end. A last line without a line end counts, if it is not empty. */
  public byte[] next() throws IOException {
    line.reset();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    byte[] bytes = line.toByteArray();
    boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return carriageReturn ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
