package dev.weir.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The canonical event: what every source format is decoded to, what is counted and what is
 * archived.
 *
 * <p>Its arrays follow the order of the pipeline's {@code event} declaration and are shared, not
 * copied: this class is on the per-event path. Nobody may change an array of an event they did not
 * make.
 *
 * <p>Dimensions repeat and are looked up, so they are Strings. The id and the identifiers are
 * hashed and archived, each as UTF-8 bytes: a String would give these as a new copy each time, and
 * a hash that reads what was copied just before waits for the copy.
 */
public final class Event {
  private final int source;
  private final String topic;
  private final int partition;
  private final long offset;
  private final long recordMillis;
  private final byte[] id;
  private final long timeMicros;
  private final String[] dimensions;
  private final byte[][] identifiers;
  private final long[] numbers;
  private final long numbersPresent;

  /**
   * @param source index into {@code Pipeline.sources()}
   * @param topic with partition and offset, where the record stood ({@link RawRecord})
   * @param recordMillis the record's own timestamp, epoch milliseconds
   * @param id the declared event id, valid UTF-8; null where the source declares none: then (topic,
   *     partition, offset) is the identity and the event cannot be a duplicate
   * @param timeMicros event time, epoch microseconds UTC
   * @param dimensions one per declared dimension; null elements allowed
   * @param identifiers one per declared identifier, valid UTF-8; null elements allowed
   * @param numbers one per declared number, scaled to its declared scale
   * @param numbersPresent bit i set where number i is present; the others are 0
   */
  public Event(
      int source,
      String topic,
      int partition,
      long offset,
      long recordMillis,
      byte[] id,
      long timeMicros,
      String[] dimensions,
      byte[][] identifiers,
      long[] numbers,
      long numbersPresent) {
    this.source = source;
    this.topic = Objects.requireNonNull(topic, "topic");
    this.partition = partition;
    this.offset = offset;
    this.recordMillis = recordMillis;
    this.id = id;
    this.timeMicros = timeMicros;
    this.dimensions = dimensions;
    this.identifiers = identifiers;
    this.numbers = numbers;
    this.numbersPresent = numbersPresent;
  }

  /** The same from Strings, whose surrogates are paired. */
  public Event(
      int source,
      String topic,
      int partition,
      long offset,
      long recordMillis,
      String id,
      long timeMicros,
      String[] dimensions,
      String[] identifiers,
      long[] numbers,
      long numbersPresent) {
    this(
        source,
        topic,
        partition,
        offset,
        recordMillis,
        utf8(id),
        timeMicros,
        dimensions,
        utf8(identifiers),
        numbers,
        numbersPresent);
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[][] utf8(String[] texts) {
    return Arrays.stream(texts).map(Event::utf8).toArray(byte[][]::new);
  }

  private static String text(byte[] utf8) {
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  public int source() {
    return source;
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  public long recordMillis() {
    return recordMillis;
  }

  /** The declared event id, or null where the origin is the identity. */
  public byte[] idUtf8() {
    return id;
  }

  /** {@link #idUtf8} as a new String. */
  public String id() {
    return text(id);
  }

  public long timeMicros() {
    return timeMicros;
  }

  /** Start of the event's minute, epoch milliseconds. */
  public long minuteMillis() {
    return Math.floorDiv(timeMicros, 60_000_000L) * 60_000L;
  }

  /** Start of the event's hour, epoch milliseconds. */
  public long hourMillis() {
    return Math.floorDiv(timeMicros, 3_600_000_000L) * 3_600_000L;
  }

  public String[] dimensions() {
    return dimensions;
  }

  public byte[][] identifiersUtf8() {
    return identifiers;
  }

  /** {@link #identifiersUtf8} as new Strings. */
  public String[] identifiers() {
    return Arrays.stream(identifiers).map(Event::text).toArray(String[]::new);
  }

  public long[] numbers() {
    return numbers;
  }

  public long numbersPresent() {
    return numbersPresent;
  }
}
