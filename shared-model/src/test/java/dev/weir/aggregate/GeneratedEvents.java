package dev.weir.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded events for the tests of the aggregates: absent values, small and huge numbers, repeated
 * identifiers.
 */
final class GeneratedEvents {

  static final MeasureLayout LAYOUT =
      new MeasureLayout(
          List.of(
              new MeasureLayout.NumberMeasure(2, true), new MeasureLayout.NumberMeasure(0, false)),
          List.of(1, 0));

  private static final int NUMBERS = 3;
  private static final int IDENTIFIERS = 2;

  private GeneratedEvents() {}

  /** One event as both aggregators take it. */
  record Event(List<Long> numbers, List<String> identifiers) {

    void addTo(MinuteAggregate aggregate) {
      long[] values = new long[NUMBERS];
      long valuesPresent = 0;
      for (int i = 0; i < NUMBERS; i++) {
        if (numbers.get(i) != null) {
          values[i] = numbers.get(i);
          valuesPresent |= 1L << i;
        }
      }
      long[] hashes = new long[IDENTIFIERS];
      long identifiersPresent = 0;
      for (int i = 0; i < IDENTIFIERS; i++) {
        if (identifiers.get(i) != null) {
          hashes[i] = HyperLogLog.hash(identifiers.get(i));
          identifiersPresent |= 1L << i;
        }
      }
      aggregate.add(values, valuesPresent, hashes, identifiersPresent);
    }
  }

  static Event event(SplittableRandom random, int population) {
    List<Long> numbers = new ArrayList<>(Arrays.asList(new Long[NUMBERS]));
    List<String> identifiers = new ArrayList<>(Arrays.asList(new String[IDENTIFIERS]));
    numbers.replaceAll(absent -> random.nextInt(8) == 0 ? null : number(random));
    identifiers.replaceAll(
        absent -> random.nextInt(8) == 0 ? null : "user-" + random.nextInt(population));
    return new Event(numbers, identifiers);
  }

  static List<Event> events(SplittableRandom random, int size, int population) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(event(random, population));
    }
    return events;
  }

  /** Every order of magnitude and sign is about equally likely; the ends of the range occur. */
  static long number(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
      case 2, 3, 4, 5 -> random.nextLong(1_000_000);
      default -> random.nextLong() >> random.nextInt(Long.SIZE);
    };
  }

  static MinuteAggregate aggregate(List<Event> events) {
    MinuteAggregate aggregate = MinuteAggregate.empty(LAYOUT);
    events.forEach(event -> event.addTo(aggregate));
    return aggregate;
  }

  static NaiveAggregator naive(List<Event> events) {
    NaiveAggregator naive = new NaiveAggregator(LAYOUT);
    events.forEach(event -> naive.add(event.numbers(), event.identifiers()));
    return naive;
  }
}
