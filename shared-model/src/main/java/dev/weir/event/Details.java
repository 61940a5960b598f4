package dev.weir.event;

import java.nio.charset.StandardCharsets;

/** Words the details of rejections: which field, where, and what it holds. */
final class Details {
  private static final int MAX_EXCERPT_BYTES = 40;

  private Details() {}

  /** {@code value at byte 57 is an object}. */
  static String of(FieldTarget target, int at, String what) {
    return target.path() + " at byte " + at + " " + what;
  }

  /** The beginning of a value, in quotes, fit to be stored and shown. */
  static String excerpt(byte[] bytes, int start, int end) {
    int cut = Math.min(end, start + MAX_EXCERPT_BYTES);
    // Not in the middle of a character.
    while (cut < end && cut > start && (bytes[cut] & 0xc0) == 0x80) {
      cut--;
    }
    StringBuilder text = new StringBuilder("'");
    new String(bytes, start, cut - start, StandardCharsets.UTF_8)
        .codePoints()
        .map(c -> Character.isISOControl(c) ? 0xfffd : c)
        .forEach(text::appendCodePoint);
    return text.append(cut < end ? "...'" : "'").toString();
  }
}
