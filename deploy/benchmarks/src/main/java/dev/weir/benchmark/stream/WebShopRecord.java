package dev.weir.benchmark.stream;

import dev.weir.aggregate.MinuteBucket;

/**
 * One generated record, with what a reader must make of it.
 *
 * @param json the message, about 205 bytes
 * @param recordMillis when the producer sent it, epoch milliseconds
 * @param eventMillis the event's own time, up to 3 s earlier, epoch milliseconds
 * @param type index into {@link WebShop#TYPES}
 * @param segment index into {@link WebShop#SEGMENTS}
 * @param route index into {@link WebShop#ROUTES}
 * @param valueCents the event's value in hundredths
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of them; never compared, never changed.
public record WebShopRecord(
    byte[] json,
    long recordMillis,
    long eventMillis,
    int type,
    int segment,
    int route,
    String user,
    long valueCents,
    Fate fate) {

  /** What must become of a record. */
  public enum Fate {
    /** Counted. */
    COUNTED,
    /** The same bytes were sent before. */
    DUPLICATE,
    /** Cut off in the middle: a dead letter. */
    MALFORMED
  }

  /** Start of the event's minute, epoch milliseconds. */
  public long minuteMillis() {
    return Math.floorDiv(eventMillis, MinuteBucket.MINUTE_MILLIS) * MinuteBucket.MINUTE_MILLIS;
  }

  WebShopRecord resent(long millis) {
    return new WebShopRecord(
        json, millis, eventMillis, type, segment, route, user, valueCents, Fate.DUPLICATE);
  }
}
