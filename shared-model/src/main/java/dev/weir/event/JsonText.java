package dev.weir.event;

/** The text of JSON strings that have escapes, as UTF-8 in a buffer that is used again. */
final class JsonText {
  private byte[] buffer = new byte[256];
  private int length;

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Unescapes what {@link JsonScanner} has found to be a valid and storable string. */
  void unescape(byte[] bytes, int start, int end) {
    if (buffer.length < end - start) {
      // No escape is shorter than the UTF-8 it stands for.
      buffer = new byte[Math.max(end - start, 2 * buffer.length)];
    }
    length = 0;
    int at = start;
    while (at < end) {
      byte c = bytes[at++];
      if (c != '\\') {
        buffer[length++] = c;
        continue;
      }
      byte escape = bytes[at++];
      if (escape != 'u') {
        buffer[length++] = control(escape);
        continue;
      }
      int code = hex(bytes, at, end);
      at += 4;
      if (Character.isHighSurrogate((char) code)) {
        code = Character.toCodePoint((char) code, (char) hex(bytes, at + 2, end));
        at += 6;
      }
      append(code);
    }
  }

  private static byte control(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  private void append(int code) {
    if (code < 0x80) {
      buffer[length++] = (byte) code;
      return;
    }
    if (code < 0x800) {
      buffer[length++] = (byte) (0xc0 | (code >> 6));
    } else {
      if (code < 0x10000) {
        buffer[length++] = (byte) (0xe0 | (code >> 12));
      } else {
        buffer[length++] = (byte) (0xf0 | (code >> 18));
        buffer[length++] = continuation(code >> 12);
      }
      buffer[length++] = continuation(code >> 6);
    }
    buffer[length++] = continuation(code);
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  /** The value of four hexadecimal digits, or -1. */
  static int hex(byte[] bytes, int start, int end) {
    if (end - start < 4) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < start + 4; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit((char) bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }
}
