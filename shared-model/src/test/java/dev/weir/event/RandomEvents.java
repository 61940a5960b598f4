package dev.weir.event;

import dev.weir.pipeline.EventSchema;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded stream of valid events of a pipeline: nulls, repeated and rare values, values of awkward
 * text, events that come late and events sent twice. The same seed gives the same events.
 *
 * <p>Event times advance from the start instant, about {@code 1000 / stepMillis} a second; a share
 * of the events comes up to two days late. A duplicate repeats id, time and values of an event at a
 * new offset, in the same topic.
 */
public final class RandomEvents {
  private static final int REMEMBERED = 512;
  private static final int PARTITIONS = 4;
  private static final long MAX_LATE_MILLIS = 2 * 24 * 3_600_000L;
  private static final String[] AWKWARD = {
    "",
    " ",
    "\\N",
    "a\tb",
    "back\\slash",
    "line\nfeed",
    "\r",
    "{\"quoted\"}",
    "Zürich",
    "日本",
    "😀",
    "null"
  };

  private final Pipeline pipeline;
  private final SplittableRandom random;
  private final List<Event> recent = new ArrayList<>(REMEMBERED);
  private final long[][] offsets;
  private long clockMillis;
  private long count;
  private double lateShare = 0.05;
  private double duplicateShare = 0.05;
  private int keys = 20;
  private long stepMillis = 250;

  public RandomEvents(Pipeline pipeline, long seed) {
    this(pipeline, seed, Instant.parse("2026-03-28T22:30:00Z"));
  }

  public RandomEvents(Pipeline pipeline, long seed, Instant start) {
    this.pipeline = pipeline;
    this.random = new SplittableRandom(seed);
    this.clockMillis = start.toEpochMilli();
    this.offsets = new long[pipeline.sources().size()][PARTITIONS];
  }

  /** Share of events whose event time is up to two days back; 0.05 unless set. */
  public RandomEvents lateShare(double share) {
    lateShare = share;
    return this;
  }

  /** Share of events that repeat one of the last 512; 0.05 unless set. */
  public RandomEvents duplicateShare(double share) {
    duplicateShare = share;
    return this;
  }

  /** How many values a dimension takes; 20 unless set. */
  public RandomEvents keys(int number) {
    keys = number;
    return this;
  }

  /** Mean step of the clock between two events; 250 ms unless set. */
  public RandomEvents stepMillis(long millis) {
    stepMillis = millis;
    return this;
  }

  /** The next {@code number} events. */
  public List<Event> list(int number) {
    List<Event> events = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      events.add(next());
    }
    return events;
  }

  /** The next event. */
  public Event next() {
    clockMillis += random.nextLong(2 * stepMillis + 1);
    if (!recent.isEmpty() && random.nextDouble() < duplicateShare) {
      return again(recent.get(random.nextInt(recent.size())));
    }
    int source = random.nextInt(pipeline.sources().size());
    EventSchema schema = pipeline.event();
    long timeMillis = clockMillis;
    if (random.nextDouble() < lateShare) {
      timeMillis -= random.nextLong(MAX_LATE_MILLIS);
    }
    String[] dimensions = new String[schema.dimensions().size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] =
          schema.dimensions().get(i).path().equals("$source")
              ? pipeline.sources().get(source).name()
              : text(schema.dimensions().get(i).name(), keys);
    }
    String[] identifiers = new String[schema.identifiers().size()];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = text("u", 5000);
    }
    long[] numbers = new long[schema.numbers().size()];
    long present = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (random.nextInt(10) > 0) {
        numbers[i] = number(schema.numbers().get(i));
        present |= 1L << i;
      }
    }
    Event event =
        at(
            source,
            schema.id().isPresent() ? "e-" + count++ : null,
            timeMillis * 1000 + random.nextInt(1000),
            dimensions,
            identifiers,
            numbers,
            present);
    if (recent.size() < REMEMBERED) {
      recent.add(event);
    } else {
      recent.set(random.nextInt(REMEMBERED), event);
    }
    return event;
  }

  private Event again(Event event) {
    return at(
        event.source(),
        event.id(),
        event.timeMicros(),
        event.dimensions(),
        event.identifiers(),
        event.numbers(),
        event.numbersPresent());
  }

  private Event at(
      int source,
      String id,
      long timeMicros,
      String[] dimensions,
      String[] identifiers,
      long[] numbers,
      long present) {
    int partition = random.nextInt(PARTITIONS);
    Source declared = pipeline.sources().get(source);
    String topic = declared instanceof Source.KafkaTopic kafka ? kafka.topic() : declared.name();
    return new Event(
        source,
        topic,
        partition,
        offsets[source][partition]++,
        clockMillis,
        id,
        timeMicros,
        dimensions,
        identifiers,
        numbers,
        present);
  }

  private String text(String prefix, int values) {
    return switch (random.nextInt(20)) {
      case 0 -> null;
      case 1 -> AWKWARD[random.nextInt(AWKWARD.length)];
      default -> prefix + random.nextInt(values);
    };
  }

  private long number(EventSchema.NumberField field) {
    return switch (random.nextInt(20)) {
      case 0 -> field.min();
      case 1 -> field.max();
      case 2 -> Math.max(field.min(), Math.min(0, field.max()));
      default -> {
        long span = Math.min(field.max() - field.min(), 10_000_000L);
        yield field.min() + random.nextLong(span + 1);
      }
    };
  }

  /**
   * The event as a record of a JSON source whose fields stand at the declared paths, event time in
   * ISO-8601. Decoded, it gives an equal event.
   */
  public RawRecord record(Event event) {
    EventSchema schema = pipeline.event();
    JsonRecord json = new JsonRecord();
    schema.id().ifPresent(path -> json.text(path, event.id()));
    json.text(
        schema.time(),
        Instant.ofEpochSecond(
                Math.floorDiv(event.timeMicros(), 1_000_000L),
                Math.floorMod(event.timeMicros(), 1_000_000L) * 1000)
            .toString());
    for (int i = 0; i < schema.dimensions().size(); i++) {
      if (!schema.dimensions().get(i).path().startsWith("$")) {
        json.text(schema.dimensions().get(i).path(), event.dimensions()[i]);
      }
    }
    for (int i = 0; i < schema.identifiers().size(); i++) {
      json.text(schema.identifiers().get(i).path(), event.identifiers()[i]);
    }
    for (int i = 0; i < schema.numbers().size(); i++) {
      if (((event.numbersPresent() >>> i) & 1) != 0) {
        json.number(
            schema.numbers().get(i).path(), event.numbers()[i], schema.numbers().get(i).scale());
      }
    }
    return new RawRecord(
        event.source(),
        event.topic(),
        event.partition(),
        event.offset(),
        event.recordMillis(),
        json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
