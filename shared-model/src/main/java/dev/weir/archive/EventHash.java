package dev.weir.archive;

import dev.weir.aggregate.AsciiWords;
import dev.weir.event.Event;
import java.nio.charset.StandardCharsets;

/**
 * 64-bit hash of an archived event, over every archived column except the commit. The sum of the
 * hashes of a set of rows, modulo 2^64, names the set whatever its order.
 *
 * <p>Every column that is not null gives a term, seeded by the column's name (and a number's
 * scale); the hash is the mixed sum of the terms. So a null is not the empty text, equal values in
 * two columns differ, and a row keeps its hash when it is read under a declaration with further
 * columns (null in it) or with the columns in another order.
 *
 * <p>A term absorbs 64-bit words by the eight-byte step of XXH64 and ends in its final mix
 * (xxhash_spec.md 0.2.0, steps 5 and 6); a text is its UTF-16 units, four to a word, lowest first,
 * and then its length. Not for secrets. Allocates nothing while texts are ASCII, and may be shared
 * between threads.
 */
public final class EventHash {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;

  /** Set in a word of {@link AsciiWords} if a byte of it is none of ASCII. */
  private static final long NOT_ASCII = 0x0080008000800080L;

  private static final long SOURCE = seed(ArchiveSchema.SOURCE);
  private static final long TOPIC = seed(ArchiveSchema.TOPIC);
  private static final long PARTITION = seed(ArchiveSchema.PARTITION);
  private static final long OFFSET = seed(ArchiveSchema.OFFSET);
  private static final long RECORD_TIME = seed(ArchiveSchema.RECORD_TIME);
  private static final long EVENT_ID = seed(ArchiveSchema.EVENT_ID);
  private static final long EVENT_TIME = seed(ArchiveSchema.EVENT_TIME);

  private final long[] dimensions;
  private final long[] identifiers;
  private final long[] numbers;

  public EventHash(ArchiveSchema schema) {
    dimensions = schema.dimensions().stream().mapToLong(EventHash::seed).toArray();
    identifiers = schema.identifiers().stream().mapToLong(EventHash::seed).toArray();
    numbers = schema.numbers().stream().mapToLong(n -> seed(n.name(), n.scale())).toArray();
  }

  /** The hash of one event of the schema's pipeline. */
  public long of(Event event, String sourceName) {
    long sum =
        text(SOURCE, sourceName)
            + text(TOPIC, event.topic())
            + number(PARTITION, event.partition())
            + number(OFFSET, event.offset())
            + number(RECORD_TIME, event.recordMillis())
            + number(EVENT_TIME, event.timeMicros());
    if (event.idUtf8() != null) {
      sum += utf8(EVENT_ID, event.idUtf8());
    }
    String[] dimensionTexts = event.dimensions();
    for (int i = 0; i < dimensions.length; i++) {
      sum += dimensionTexts[i] == null ? 0 : text(dimensions[i], dimensionTexts[i]);
    }
    byte[][] identifierTexts = event.identifiersUtf8();
    for (int i = 0; i < identifiers.length; i++) {
      sum += identifierTexts[i] == null ? 0 : utf8(identifiers[i], identifierTexts[i]);
    }
    long[] values = event.numbers();
    long present = event.numbersPresent();
    for (int i = 0; i < numbers.length; i++) {
      if (((present >>> i) & 1) != 0) {
        sum += number(numbers[i], values[i]);
      }
    }
    return mix(sum);
  }

  /** Seed of a column without scale. */
  static long seed(String column) {
    return text(0, column);
  }

  /** Seed of a number's column. */
  static long seed(String column, int scale) {
    return number(seed(column), scale);
  }

  /** The term of a text column. */
  static long text(long seed, String value) {
    int length = value.length();
    long state = seed;
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      state =
          absorb(
              state,
              value.charAt(at)
                  | (long) value.charAt(at + 1) << 16
                  | (long) value.charAt(at + 2) << 32
                  | (long) value.charAt(at + 3) << 48);
    }
    if (at < length) {
      long word = 0;
      for (int shift = 0; at < length; at++, shift += 16) {
        word |= (long) value.charAt(at) << shift;
      }
      state = absorb(state, word);
    }
    return mix(absorb(state, length));
  }

  /** As {@link #utf8(long, byte[], int, int)}, of a whole array. */
  static long utf8(long seed, byte[] bytes) {
    return utf8(seed, bytes, 0, bytes.length);
  }

  /** The term of a text column, from the text's UTF-8 bytes: {@link #text} of that text. */
  static long utf8(long seed, byte[] bytes, int from, int length) {
    long state = seed;
    long seen = 0;
    int end = from + length;
    for (int at = from; at < end; at += AsciiWords.LENGTH) {
      long word = AsciiWords.word(bytes, at, end);
      seen |= word;
      state = absorb(state, word);
    }
    return (seen & NOT_ASCII) == 0
        ? mix(absorb(state, length))
        : text(seed, new String(bytes, from, length, StandardCharsets.UTF_8));
  }

  /** The term of an integer column. */
  static long number(long seed, long value) {
    return mix(absorb(seed, value));
  }

  /** From the sum of the terms to the row's hash: sums of rows must not mix the rows' columns. */
  static long mix(long sum) {
    long mixed = (sum ^ (sum >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }

  private static long absorb(long state, long word) {
    long lane = Long.rotateLeft(word * PRIME_2, 31) * PRIME_1;
    return Long.rotateLeft(state ^ lane, 27) * PRIME_1 + PRIME_4;
  }
}
