package dev.weir.pipeline;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The canonical event's fields, in declaration order.
 *
 * @param id path of the event id; empty: (topic, partition, offset) identifies an event
 * @param time path of the event time
 * @param timeFormat how the event time is written
 * @param maxAhead by how much an event may be later than its record; null: by any time
 */
public record EventSchema(
    Optional<String> id,
    String time,
    TimeFormat timeFormat,
    Duration maxAhead,
    List<Field> dimensions,
    List<Field> identifiers,
    List<NumberField> numbers)
    implements Serializable {
  public EventSchema {
    dimensions = List.copyOf(dimensions);
    identifiers = List.copyOf(identifiers);
    numbers = List.copyOf(numbers);
  }

  /** Optional is not serializable; the schema travels with its id as a nullable text. */
  private Object writeReplace() {
    return new Serialized(
        id.orElse(null), time, timeFormat, maxAhead, dimensions, identifiers, numbers);
  }

  private record Serialized(
      String id,
      String time,
      TimeFormat timeFormat,
      Duration maxAhead,
      List<Field> dimensions,
      List<Field> identifiers,
      List<NumberField> numbers)
      implements Serializable {
    private Object readResolve() {
      return new EventSchema(
          Optional.ofNullable(id), time, timeFormat, maxAhead, dimensions, identifiers, numbers);
    }
  }

  /** A nullable text field: its canonical name and its dotted path in a record. */
  public record Field(String name, String path) implements Serializable {}

  /**
   * A decimal number, kept as a scaled long.
   *
   * @param scale decimal places, 0 to 9
   * @param min smallest accepted value, scaled
   * @param max largest accepted value, scaled
   * @param round whether excess digits are rounded half even instead of rejected
   */
  public record NumberField(String name, String path, int scale, long min, long max, boolean round)
      implements Serializable {}

  /** How an event time is written. ISO is ISO-8601 with a zone or offset. */
  public enum TimeFormat {
    ISO,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    EPOCH_MICROS
  }
}
