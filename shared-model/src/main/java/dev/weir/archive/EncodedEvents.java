package dev.weir.archive;

/**
 * Archived events whose ids are UTF-8 already, asked for a column after the other. What {@link #id}
 * and {@link #identifier} give is only good until they are called again. The texts that repeat
 * should be the same objects for the same text: they are looked up.
 */
public interface EncodedEvents {

  /** How many there are; they are numbered from 0. */
  int size();

  String sourceName(int event);

  String topic(int event);

  int partition(int event);

  long offset(int event);

  /** The record's own timestamp, epoch milliseconds. */
  long recordMillis(int event);

  /** Event time, epoch microseconds UTC. */
  long timeMicros(int event);

  /** The commit that archived it; 0 while it is not known. */
  long commit(int event);

  /** The event's id, or null. */
  Utf8Slice id(int event);

  /** A declared dimension's text, or null. */
  String dimension(int i, int event);

  /** A declared identifier's text, or null. */
  Utf8Slice identifier(int i, int event);

  /** A declared number's scaled value; of no meaning where it is not present. */
  long number(int i, int event);

  /** Bit i is set where declared number i is present. */
  long numbersPresent(int event);
}
