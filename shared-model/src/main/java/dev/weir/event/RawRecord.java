package dev.weir.event;

import java.util.Objects;

/**
 * One record as it came from a source, before anything was understood of it.
 *
 * <p>{@code topic}, {@code partition} and {@code offset} are its origin and name it uniquely within
 * the source: for Kafka, the record's own; for a directory, the file's path, 0, and the line's byte
 * offset in the uncompressed file.
 */
public final class RawRecord {
  private final int source;
  private final String topic;
  private final int partition;
  private final long offset;
  private final long recordMillis;
  private final byte[] value;

  /**
   * @param source index into {@code Pipeline.sources()}
   * @param recordMillis Kafka's record timestamp, or when the line was read, epoch milliseconds
   * @param value the bytes, not copied; null for a Kafka tombstone
   */
  public RawRecord(
      int source, String topic, int partition, long offset, long recordMillis, byte[] value) {
    this.source = source;
    this.topic = Objects.requireNonNull(topic, "topic");
    this.partition = partition;
    this.offset = offset;
    this.recordMillis = recordMillis;
    this.value = value;
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

  /** The bytes as received, not a copy; null for a Kafka tombstone. */
  public byte[] value() {
    return value;
  }
}
