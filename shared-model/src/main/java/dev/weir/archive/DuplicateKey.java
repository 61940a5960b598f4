package dev.weir.archive;

import dev.weir.aggregate.Fingerprint;

/**
 * 128-bit name of what makes two events duplicates of each other: source, event id and event hour.
 *
 * <p>The {@link Fingerprint} of (source name, event id, start of the hour in epoch milliseconds);
 * that two different ones among a billion collide has a probability below 10^-20. Reused from event
 * to event. Not thread safe.
 */
public final class DuplicateKey {
  private final Fingerprint fingerprint = new Fingerprint();

  /**
   * Computes the key of one event.
   *
   * @param eventId not null: an event without an id has no duplicates
   * @param hourMillis start of the event's hour, epoch milliseconds
   */
  public DuplicateKey set(String sourceName, String eventId, long hourMillis) {
    fingerprint.start().add(sourceName).add(eventId).add(hourMillis).finish();
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
