package dev.weir.benchmark.peer.limit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The series that exist; others are refused as malformed. */
final class SeriesNames {
  static final List<String> TYPES =
      List.of("page_view", "click", "search", "add_to_cart", "purchase", "logout");
  static final List<String> SEGMENTS = List.of("free", "basic", "premium", "enterprise");

  private static final byte[][] TYPE_BYTES = bytes(TYPES);
  private static final byte[][] SEGMENT_BYTES = bytes(SEGMENTS);

  private SeriesNames() {}

  /** Index of the type that stands there, or -1. */
  static int type(byte[] message, int start, int length) {
    return index(TYPE_BYTES, message, start, length);
  }

  /** Index of the segment that stands there, or -1. */
  static int segment(byte[] message, int start, int length) {
    return index(SEGMENT_BYTES, message, start, length);
  }

  private static int index(byte[][] names, byte[] message, int start, int length) {
    for (int i = 0; i < names.length; i++) {
      byte[] name = names[i];
      if (name.length == length && Arrays.equals(name, 0, length, message, start, start + length)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[][] bytes(List<String> names) {
    return names.stream().map(n -> n.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
  }
}
