package dev.weir.speed.commit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Text and bytes of any length in binary formats: a 32-bit length, then UTF-8. */
final class BinaryText {
  private static final int NULL = -1;

  private BinaryText() {}

  static void write(String text, DataOutput out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  static String read(DataInput in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static void writeNullable(String text, DataOutput out) throws IOException {
    if (text == null) {
      out.writeInt(NULL);
    } else {
      write(text, out);
    }
  }

  static String readNullable(DataInput in) throws IOException {
    int length = in.readInt();
    return length == NULL ? null : new String(readBytes(length, in), StandardCharsets.UTF_8);
  }

  static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInput in) throws IOException {
    return readBytes(in.readInt(), in);
  }

  private static byte[] readBytes(int length, DataInput in) throws IOException {
    if (length < 0) {
      throw new IOException("a text announces the length " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
