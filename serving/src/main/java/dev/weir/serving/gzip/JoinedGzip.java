package dev.weir.serving.gzip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes gzip (RFC 1952) of what is written to it and of texts that are compressed already, which
 * are taken as they are: neither unpacked nor compressed again.
 */
public final class JoinedGzip extends OutputStream {
  private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

  /** A last block with nothing in it. */
  private static final byte[] END = {3, 0};

  private final OutputStream out;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int checksum;
  private long length;
  private boolean closed;

  /** Writes the header. */
  public JoinedGzip(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  @Override
  public void write(int one) {
    text.write(one);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    text.write(bytes, offset, count);
  }

  /** Writes such a text behind what was written so far. */
  public void append(DeflatedText next) throws IOException {
    flushText();
    join(next);
  }

  private void join(DeflatedText next) throws IOException {
    out.write(next.blocks());
    checksum = JoinedCrc.of(checksum, next.checksum(), next.length());
    length += next.length();
  }

  private void flushText() throws IOException {
    if (text.size() > 0) {
      join(DeflatedText.of(text.toByteArray()));
      text.reset();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    flushText();
    ByteBuffer trailer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(END);
    out.write(trailer.putInt(checksum).putInt((int) length).array());
    out.close();
  }
}
