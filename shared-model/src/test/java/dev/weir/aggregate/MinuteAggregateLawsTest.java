package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.GeneratedEvents.Event;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The laws of a commutative monoid, on generated events: any grouping and any order give the
 * oracle's bytes.
 */
class MinuteAggregateLawsTest {

  private static final int CASES = 3_000;

  @Test
  void anyGroupingAndAnyOrderGiveIdenticalBytes() {
    SplittableRandom random = new SplittableRandom(20_260_101);
    for (int i = 0; i < CASES; i++) {
      List<Event> events =
          GeneratedEvents.events(random, random.nextInt(60), 1 + random.nextInt(50));
      byte[] expected = GeneratedEvents.naive(events).toAggregate().toBytes();

      assertThat(GeneratedEvents.aggregate(events).toBytes())
          .as("case %s, in order", i)
          .isEqualTo(expected);
      Collections.shuffle(events, new Random(random.nextLong()));
      assertThat(mergeInRandomTree(events, random).toBytes())
          .as("case %s, as a tree", i)
          .isEqualTo(expected);
    }
  }

  @Test
  void manyEventsThroughDenseSketches() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 6; i++) {
      List<Event> events = GeneratedEvents.events(random, 20_000, 200 << (2 * i));
      MinuteAggregate expected = GeneratedEvents.naive(events).toAggregate();

      MinuteAggregate merged = mergeInRandomTree(events, random);
      assertThat(merged).isEqualTo(expected).hasSameHashCodeAs(expected);
      assertThat(merged.toBytes()).isEqualTo(expected.toBytes());
    }
  }

  @Test
  void emptyIsNeutralAndClearedIsEmpty() {
    SplittableRandom random = new SplittableRandom(11);
    MinuteAggregate empty = MinuteAggregate.empty(GeneratedEvents.LAYOUT);
    for (int i = 0; i < 200; i++) {
      MinuteAggregate some =
          GeneratedEvents.aggregate(GeneratedEvents.events(random, 1 + 20 * i, 1 + 30 * i));
      MinuteAggregate left = MinuteAggregate.empty(GeneratedEvents.LAYOUT);
      left.merge(some);
      MinuteAggregate right = some.copy();
      right.merge(empty);
      assertThat(left).isEqualTo(some);
      assertThat(right).isEqualTo(some);

      right.clear();
      assertThat(right.isEmpty()).isTrue();
      assertThat(right).isEqualTo(empty).hasSameHashCodeAs(empty);
      assertThat(right.toBytes()).isEqualTo(empty.toBytes());
      right.merge(some);
      assertThat(right.toBytes()).as("used again after clear").isEqualTo(some.toBytes());
    }
  }

  @Test
  void mergingLeavesTheOtherAndCopiesIndependent() {
    SplittableRandom random = new SplittableRandom(13);
    MinuteAggregate one = GeneratedEvents.aggregate(GeneratedEvents.events(random, 500, 500));
    MinuteAggregate other = GeneratedEvents.aggregate(GeneratedEvents.events(random, 5_000, 5_000));
    byte[] before = other.toBytes();
    MinuteAggregate copy = one.copy();
    copy.merge(other);
    copy.merge(other);

    assertThat(other.toBytes()).isEqualTo(before);
    assertThat(copy).isNotEqualTo(one);
    assertThat(copy.count()).isEqualTo(one.count() + 2 * other.count());
  }

  @Test
  void mergingWithItselfDoubles() {
    List<Event> events = GeneratedEvents.events(new SplittableRandom(17), 300, 40);
    MinuteAggregate aggregate = GeneratedEvents.aggregate(events);
    aggregate.merge(aggregate);

    List<Event> twice = new ArrayList<>(events);
    twice.addAll(events);
    assertThat(aggregate).isEqualTo(GeneratedEvents.aggregate(twice));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    SplittableRandom random = new SplittableRandom(19);
    for (int i = 0; i < CASES; i++) {
      int size = i % 100 == 0 ? 8_000 : random.nextInt(30);
      MinuteAggregate written =
          GeneratedEvents.aggregate(GeneratedEvents.events(random, size, 1 + size));
      byte[] bytes = written.toBytes();
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);
      MinuteAggregate read =
          MinuteAggregate.readFrom(
              MinuteAggregate.empty(GeneratedEvents.LAYOUT), new DataInputStream(in));

      assertThat(in.available()).isZero();
      assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
      assertThat(read.toBytes()).isEqualTo(bytes);
      read.merge(written);
      assertThat(read.count()).isEqualTo(2L * size);
    }
  }

  private static MinuteAggregate mergeInRandomTree(List<Event> events, SplittableRandom random) {
    if (events.size() <= 1 || random.nextInt(20) == 0) {
      return GeneratedEvents.aggregate(events);
    }
    int cut = random.nextInt(events.size() + 1);
    MinuteAggregate left = mergeInRandomTree(events.subList(0, cut), random);
    MinuteAggregate right = mergeInRandomTree(events.subList(cut, events.size()), random);
    // Which side takes in the other must not matter either.
    if (random.nextBoolean()) {
      left.merge(right);
      return left;
    }
    right.merge(left);
    return right;
  }
}
