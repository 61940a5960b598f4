package dev.weir.archive;

/**
 * An archived event whose ids are UTF-8 already. What {@link #id} and {@link #identifier} give is
 * only good until they are called again. The texts that repeat should be the same objects for the
 * same text: they are looked up.
 */
public interface EncodedEvent {
  String sourceName();

  String topic();

  int partition();

  long offset();

  /** The record's own timestamp, epoch milliseconds. */
  long recordMillis();

  /** Event time, epoch microseconds UTC. */
  long timeMicros();

  /** The commit that archived it; 0 while it is not known. */
  long commit();

  /** The event's id, or null. */
  Utf8Slice id();

  /** A declared dimension's text, or null. */
  String dimension(int i);

  /** A declared identifier's text, or null. */
  Utf8Slice identifier(int i);

  /** The values of the declared numbers; what is not present is not looked at. */
  long[] numbers();

  /** Bit i is set where declared number i is present. */
  long numbersPresent();
}
