package dev.weir.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the tokens of a JSON text straight from its bytes, by RFC 8259 and nothing more: no
 * comments, no byte order mark, no leading zeros, no bare words, no control characters in strings,
 * strict UTF-8.
 *
 * <p>Methods that read a token return false when the bytes are not one; then {@link #problem()}
 * says why. Nothing is allocated and nothing is thrown: a topic may be full of rubbish.
 */
final class JsonScanner {
  /** What {@link #peek()} gives at the end. */
  static final int END = -1;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private byte[] bytes;
  private int position;
  private int end;
  private int tokenStart;
  private int tokenEnd;
  private boolean escaped;
  private boolean storable;
  private boolean whole;
  private String problem;

  void reset(byte[] text) {
    bytes = text;
    position = 0;
    end = text.length;
    problem = null;
  }

  /** The next byte that is not white space, not consumed; or {@link #END}. */
  int peek() {
    while (position < end) {
      byte c = bytes[position];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c & 0xff;
      }
      position++;
    }
    return END;
  }

  /** Consumes the byte that was peeked at. */
  void skip() {
    position++;
  }

  /** Consumes bytes that the caller knows. */
  void skip(int count) {
    position += count;
  }

  int position() {
    return position;
  }

  /** First byte of the last token; of a string, the one after its quote. */
  int tokenStart() {
    return tokenStart;
  }

  /** End of the last token, exclusive; of a string, its closing quote. */
  int tokenEnd() {
    return tokenEnd;
  }

  /** Whether the last string has escapes, so that its bytes are not its text. */
  boolean escaped() {
    return escaped;
  }

  /** Whether the last string is free of NUL and of surrogates without their partners. */
  boolean storable() {
    return storable;
  }

  /** Whether the last number has neither fraction nor exponent. */
  boolean whole() {
    return whole;
  }

  /** Notes what is wrong at the present position; always false. */
  boolean fail(String what) {
    problem = what;
    return false;
  }

  /** What is wrong and where, for a person to read. */
  String problem() {
    String found = position < end ? String.format(", not 0x%02x", bytes[position] & 0xff) : "";
    return "at byte " + position + ": " + problem + (position < end ? found : ", not the end");
  }

  boolean literalTrue() {
    return literal(TRUE);
  }

  boolean literalFalse() {
    return literal(FALSE);
  }

  boolean literalNull() {
    return literal(NULL);
  }

  private boolean literal(byte[] word) {
    tokenStart = position;
    for (byte expected : word) {
      if (position >= end || bytes[position] != expected) {
        return fail("a value is due");
      }
      position++;
    }
    tokenEnd = position;
    return true;
  }

  /** A number; the position is at its first byte. */
  boolean number() {
    tokenStart = position;
    whole = true;
    if (bytes[position] == '-') {
      position++;
    }
    if (position < end && bytes[position] == '0') {
      position++;
    } else if (!digits()) {
      return false;
    }
    if (position < end && bytes[position] == '.') {
      whole = false;
      position++;
      if (!digits()) {
        return false;
      }
    }
    if (position < end && (bytes[position] | 0x20) == 'e') {
      whole = false;
      position++;
      if (position < end && (bytes[position] == '+' || bytes[position] == '-')) {
        position++;
      }
      if (!digits()) {
        return false;
      }
    }
    tokenEnd = position;
    return true;
  }

  private boolean digits() {
    int from = position;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
    return position > from || fail("a digit is due");
  }

  /** A string; the position is at its opening quote. */
  boolean string() {
    position++;
    tokenStart = position;
    escaped = false;
    storable = true;
    while (true) {
      skipPlain();
      if (position >= end) {
        return fail("a closing quote is due");
      }
      byte c = bytes[position];
      if (c == '"') {
        tokenEnd = position++;
        return true;
      }
      if (c == '\\') {
        if (!escape()) {
          return false;
        }
      } else if (c < 0) {
        int length = Utf8.sequence(bytes, position, end);
        if (length == 0) {
          return fail("UTF-8 is due");
        }
        position += length;
      } else if (c < ' ') {
        return fail("control characters must be escaped: a character of the string is due");
      } else {
        position++;
      }
    }
  }

  /** Goes on, eight bytes at a time, until one may be a quote, backslash, control or not ASCII. */
  private void skipPlain() {
    int at = position;
    while (at + Long.BYTES <= end) {
      long word = (long) LONGS.get(bytes, at);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      // The lowest bit set marks the first such byte; those above it may be wrong by a borrow.
      long special =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | (word - ONES * ' ')
                  | word)
              & HIGH_BITS;
      if (special != 0) {
        position = at + (Long.numberOfTrailingZeros(special) >>> 3);
        return;
      }
      at += Long.BYTES;
    }
    while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    position = at;
  }

  private boolean escape() {
    escaped = true;
    position++;
    if (position >= end) {
      return fail("an escape is due");
    }
    switch (bytes[position]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        position++;
        return true;
      }
      case 'u' -> {
        return unicodeEscape();
      }
      default -> {
        return fail("an escape is due");
      }
    }
  }

  private boolean unicodeEscape() {
    int code = JsonText.hex(bytes, position + 1, end);
    if (code < 0) {
      return fail("u and four hexadecimal digits are due");
    }
    position += 5;
    if (code == 0 || Character.isLowSurrogate((char) code)) {
      storable = false;
    } else if (Character.isHighSurrogate((char) code)) {
      boolean paired =
          position + 1 < end
              && bytes[position] == '\\'
              && bytes[position + 1] == 'u'
              && isLowSurrogate(JsonText.hex(bytes, position + 2, end));
      if (paired) {
        position += 6;
      } else {
        storable = false;
      }
    }
    return true;
  }

  private static boolean isLowSurrogate(int code) {
    return code >= Character.MIN_LOW_SURROGATE && code <= Character.MAX_LOW_SURROGATE;
  }
}
