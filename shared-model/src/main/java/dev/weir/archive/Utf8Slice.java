package dev.weir.archive;

/**
 * A text as UTF-8 in somebody else's array. Set anew for each text, so that millions of them need
 * no objects of their own. Not thread safe.
 */
public final class Utf8Slice {
  private byte[] bytes = {};
  private int from;
  private int length;

  /** Names a text: {@code length} bytes of an array, which is not copied. */
  public Utf8Slice set(byte[] array, int start, int count) {
    bytes = array;
    from = start;
    length = count;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int length() {
    return length;
  }
}
