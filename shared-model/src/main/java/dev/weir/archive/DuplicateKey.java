package dev.weir.archive;

import dev.weir.aggregate.Fingerprint;
import java.util.List;

/**
 * 128-bit name of what makes two events duplicates of each other: source, event id and event hour.
 *
 * <p>The {@link Fingerprint} of (source name, event id, start of the hour in epoch milliseconds);
 * that two different ones among a billion collide has a probability below 10^-20. Reused from event
 * to event. Not thread safe.
 */
public final class DuplicateKey {
  private final Fingerprint fingerprint = new Fingerprint();

  /** By source, what every key of it begins with. */
  private final Fingerprint[] begun;

  /** For events of sources with these names, in the order of the pipeline. */
  public DuplicateKey(List<String> sourceNames) {
    begun =
        sourceNames.stream()
            .map(name -> new Fingerprint().start().add(name))
            .toArray(Fingerprint[]::new);
  }

  /**
   * Computes the key of one event.
   *
   * @param source index into the names
   * @param eventId valid UTF-8, not null: an event without an id has no duplicates
   * @param hourMillis start of the event's hour, epoch milliseconds
   */
  public DuplicateKey set(int source, byte[] eventId, long hourMillis) {
    fingerprint.startFrom(begun[source]).addUtf8(eventId).add(hourMillis).finish();
    return this;
  }

  /** The first half of the key last set. */
  public long high() {
    return fingerprint.high();
  }

  /** The second half of the key last set. */
  public long low() {
    return fingerprint.low();
  }
}
