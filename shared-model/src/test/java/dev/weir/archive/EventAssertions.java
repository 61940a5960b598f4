package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import java.util.Arrays;

/** Compares events field by field: {@link Event} itself has no need of equals. */
final class EventAssertions {
  private EventAssertions() {}

  static void assertSame(Event actual, Event expected) {
    assertThat(text(actual)).isEqualTo(text(expected));
  }

  private static String text(Event event) {
    return String.join(
        " | ",
        Integer.toString(event.source()),
        event.topic(),
        Integer.toString(event.partition()),
        Long.toString(event.offset()),
        Long.toString(event.recordMillis()),
        event.id() == null ? "no id" : "id " + event.id(),
        Long.toString(event.timeMicros()),
        texts(event.dimensions()),
        texts(event.identifiers()),
        Arrays.toString(event.numbers()),
        Long.toBinaryString(event.numbersPresent()));
  }

  /** Texts with their lengths, so that no two lists look alike. */
  private static String texts(String[] values) {
    return Arrays.stream(values)
        .map(value -> value == null ? "-" : value.length() + ":" + value)
        .toList()
        .toString();
  }
}
