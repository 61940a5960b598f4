package dev.weir.serving.dashboard;

import dev.weir.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small shop's seeded clicks: busy by day and quiet by night, a few countries, prices with a long
 * tail. The same seed and calls give the same events.
 */
final class ShopTraffic {
  /** The pipeline that the events belong to: one cube with everything, one that stays empty. */
  static final String DECLARATION =
      """
      pipeline: shop
      sources:
        - {name: clicks, topic: clicks, format: json}
      event:
        id: event_id
        time: timestamp
        dimensions: [event_type, country, device]
        identifiers: [user_id]
        numbers: [{name: value, scale: 2, min: 0, max: 100000}]
      cubes:
        - name: sales
          dimensions: [event_type, country, device]
          measures: [count, {value: [sum, min, max, avg, p50, p95, p99]}, {distinct: user_id}]
        - name: visits
          dimensions: [country]
          measures: [count, {distinct: user_id}]
      """;

  private static final String[] TYPES = {
    "page_view", "page_view", "page_view", "page_view", "search", "add_to_cart", "purchase"
  };
  private static final String[] COUNTRIES = {
    "DE", "DE", "DE", "DE", "FR", "FR", "FR", "US", "US", "GB", "CH", "AT", "IT", "ES", "NL", "PL",
    "SE", null
  };
  private static final String[] DEVICES = {
    "phone", "phone", "phone", "desktop", "desktop", "tablet"
  };
  private static final int USERS = 900;

  private final SplittableRandom random;
  private long count;

  ShopTraffic(long seed) {
    random = new SplittableRandom(seed);
  }

  /** That many events within a range. */
  List<Event> within(Instant from, Instant to, int number) {
    List<Event> events = new ArrayList<>(number);
    long micros = Duration.between(from, to).toMillis() * 1000;
    for (int i = 0; i < number; i++) {
      events.add(at(from.toEpochMilli() * 1000 + random.nextLong(micros)));
    }
    return events;
  }

  /** For each hour of a range as many events as suit the hour of the day, {@code most} at noon. */
  List<Event> days(Instant from, Instant to, int most) {
    List<Event> events = new ArrayList<>();
    for (Instant hour = from; hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
      int ofDay = hour.atOffset(ZoneOffset.UTC).getHour();
      double share = 0.15 + 0.85 * Math.pow(Math.sin(Math.PI * ((ofDay + 20) % 24) / 24), 2);
      events.addAll(within(hour, hour.plus(Duration.ofHours(1)), (int) Math.ceil(most * share)));
    }
    return events;
  }

  /** One event of a country, by a device, at an instant. */
  Event one(String country, String device, Instant at) {
    return event("page_view", country, device, 0, at.toEpochMilli() * 1000);
  }

  /** One event with an amount, at an instant. */
  Event purchase(long cents, Instant at) {
    return event("purchase", "DE", "phone", cents, at.toEpochMilli() * 1000);
  }

  private Event at(long timeMicros) {
    String type = TYPES[random.nextInt(TYPES.length)];
    long cents =
        type.equals("purchase") || type.equals("add_to_cart")
            ? Math.min(9_000_000, 500 + (long) (4000 * Math.exp(1.1 * random.nextGaussian())))
            : 0;
    String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
    return event(type, country, DEVICES[random.nextInt(DEVICES.length)], cents, timeMicros);
  }

  private Event event(String type, String country, String device, long cents, long timeMicros) {
    return new Event(
        0,
        "clicks",
        (int) (count % 4),
        count / 4,
        timeMicros / 1000,
        "e-" + count++,
        timeMicros,
        new String[] {type, country, device},
        new String[] {"u" + random.nextInt(USERS)},
        new long[] {cents},
        1);
  }
}
