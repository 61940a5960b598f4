package dev.weir.batch;

import dev.weir.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded events around a time, with everything the batch layer must get right: late by up to days,
 * absent values, ids repeated from earlier commits (within and across event hours), events without
 * an id, text that needs escaping, negative numbers.
 */
final class EventStream {
  private static final String[] SEGMENTS = {"new", "regular", "vip", "a\tb\\c", "größer 🛒", ""};

  private final SplittableRandom random;
  private final List<Event> sent = new ArrayList<>();
  private long offset;

  EventStream(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Goes on where another has come to, with other events. */
  EventStream(EventStream before, long seed) {
    this.random = new SplittableRandom(seed);
    this.sent.addAll(before.sent);
    this.offset = before.offset;
  }

  /** Events of the minutes before an instant; one in 20 is up to three days late. */
  List<Event> events(int count, Instant around) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(random.nextInt(25) == 0 && !sent.isEmpty() ? resent() : fresh(around));
    }
    sent.addAll(events);
    return events;
  }

  /** Events of exactly one hour. */
  List<Event> eventsOf(Instant hour, int count) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          event("only-" + offset, hour.toEpochMilli() * 1000 + random.nextLong(3_600_000_000L)));
    }
    sent.addAll(events);
    return events;
  }

  private Event resent() {
    Event first = sent.get(random.nextInt(sent.size()));
    offset++;
    return new Event(
        first.source(),
        first.topic(),
        random.nextInt(4),
        offset,
        first.recordMillis() + 1000,
        first.id(),
        first.timeMicros(),
        first.dimensions(),
        first.identifiers(),
        first.numbers(),
        first.numbersPresent());
  }

  private Event fresh(Instant around) {
    long late = random.nextInt(20) == 0 ? random.nextLong(259_200_000_000L) : 0;
    long time = around.toEpochMilli() * 1000 - random.nextLong(1_800_000_000L) - late;
    String id = random.nextInt(30) == 0 ? null : "event-" + Long.toHexString(random.nextLong());
    return event(id, time);
  }

  private Event event(String id, long timeMicros) {
    int source = random.nextInt(2);
    long present = random.nextInt(4);
    String sourceName = source == 0 ? "clicks" : "orders";
    offset++;
    return new Event(
        source,
        sourceName,
        random.nextInt(4),
        offset,
        timeMicros / 1000 + 500,
        id,
        timeMicros,
        new String[] {
          sourceName,
          orNull("type-" + random.nextInt(4)),
          orNull(SEGMENTS[random.nextInt(SEGMENTS.length)]),
          orNull("/route/" + random.nextInt(9))
        },
        new String[] {
          orNull("user-" + random.nextInt(3000)), orNull("session-" + random.nextInt(100))
        },
        new long[] {
          (present & 1) == 0 ? 0 : random.nextLong(-10_000_000_000L, 10_000_000_000_000L),
          (present & 2) == 0 ? 0 : random.nextLong(86_400_000)
        },
        present);
  }

  private String orNull(String text) {
    return random.nextInt(12) == 0 ? null : text;
  }
}
