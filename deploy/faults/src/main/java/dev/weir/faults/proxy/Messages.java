package dev.weir.faults.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Framing of PostgreSQL's frontend/backend protocol 3 (its documentation, chapter "Message
 * Formats"): a type byte, a big-endian length that counts itself, the body.
 */
final class Messages {
  static final int SSL_REQUEST = 80877103;
  static final int GSS_REQUEST = 80877104;
  static final int CANCEL_REQUEST = 80877102;
  private static final int MOST_BYTES = 1 << 30;

  private Messages() {}

  /** The next message with its header; null at the end of the stream. */
  static byte[] read(DataInputStream in) throws IOException {
    int type = in.read();
    if (type < 0) {
      return null;
    }
    int length = checked(in.readInt());
    byte[] message = new byte[1 + length];
    message[0] = (byte) type;
    ByteBuffer.wrap(message).putInt(1, length);
    in.readFully(message, 5, length - 4);
    return message;
  }

  /** A message of the start-up, which has no type; null at the end of the stream. */
  static byte[] readStartup(DataInputStream in) throws IOException {
    try {
      int length = checked(in.readInt());
      byte[] message = new byte[length];
      ByteBuffer.wrap(message).putInt(0, length);
      in.readFully(message, 4, length - 4);
      return message;
    } catch (EOFException e) {
      return null;
    }
  }

  static int startupCode(byte[] message) {
    return message.length < 8 ? 0 : ByteBuffer.wrap(message).getInt(4);
  }

  /** The zero-ended text that begins at a position of the message. */
  static String text(byte[] message, int from) {
    int end = from;
    while (message[end] != 0) {
      end++;
    }
    return new String(message, from, end - from, StandardCharsets.UTF_8);
  }

  /** The position after the zero-ended text that begins there. */
  static int after(byte[] message, int from) {
    int end = from;
    while (message[end] != 0) {
      end++;
    }
    return end + 1;
  }

  private static int checked(int length) throws IOException {
    if (length < 4 || length > MOST_BYTES) {
      throw new IOException("not a PostgreSQL message: length " + length);
    }
    return length;
  }
}
