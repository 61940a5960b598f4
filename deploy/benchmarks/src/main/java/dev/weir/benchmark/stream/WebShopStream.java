package dev.weir.benchmark.stream;

import dev.weir.benchmark.stream.WebShopRecord.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The benchmarks' stream of events: 1 % are sent twice within 55 s (same bytes, same key), 0.1 %
 * are cut off in the middle, all are out of order by up to 3 s. The same seed gives the same
 * records. Not thread safe.
 */
public final class WebShopStream {
  private static final int OUT_OF_ORDER_MILLIS = 3_000;
  private static final int RESENT_WITHIN_MILLIS = 55_000;

  private final SplittableRandom random;
  private final long startMillis;
  private final double millisPerRecord;
  private final int resentWithin;
  private final WebShopJson json = new WebShopJson();
  private final PriorityQueue<Resend> resends = new PriorityQueue<>();
  private long position;

  /**
   * Starts a stream.
   *
   * @param records how many records spread over the span
   */
  public WebShopStream(long seed, Instant start, long records, Duration span) {
    this.random = new SplittableRandom(seed);
    this.startMillis = start.toEpochMilli();
    this.millisPerRecord = (double) span.toMillis() / records;
    this.resentWithin = (int) Math.max(1, Math.min(1e9, RESENT_WITHIN_MILLIS / millisPerRecord));
  }

  /** The next record; the stream has no end of its own. */
  public WebShopRecord next() {
    long at = position++;
    long nowMillis = startMillis + (long) (at * millisPerRecord);
    if (!resends.isEmpty() && resends.peek().position <= at) {
      return resends.remove().record.resent(nowMillis);
    }
    WebShopRecord record = newEvent(nowMillis);
    if (random.nextInt(1000) == 0) {
      return cutOff(record);
    }
    if (random.nextInt(100) == 0) {
      resends.add(new Resend(at + 1 + random.nextInt(resentWithin), record));
    }
    return record;
  }

  private WebShopRecord newEvent(long nowMillis) {
    long eventMillis = nowMillis - random.nextInt(OUT_OF_ORDER_MILLIS);
    int type = WebShop.type(random);
    int segment = WebShop.segment(random);
    int route = WebShop.route(random);
    String source = WebShop.SOURCES.get(random.nextInt(WebShop.SOURCES.size()));
    String user = WebShop.user(random);
    long valueCents = WebShop.valueCents(random);
    byte[] message =
        json.write(
            random.nextLong(),
            random.nextLong(),
            eventMillis,
            source,
            WebShop.TYPES.get(type),
            WebShop.SEGMENTS.get(segment),
            WebShop.ROUTES.get(route),
            user,
            valueCents);
    return new WebShopRecord(
        message, nowMillis, eventMillis, type, segment, route, user, valueCents, Fate.COUNTED);
  }

  private WebShopRecord cutOff(WebShopRecord whole) {
    int length = 20 + random.nextInt(whole.json().length - 40);
    return new WebShopRecord(
        Arrays.copyOf(whole.json(), length),
        whole.recordMillis(),
        whole.eventMillis(),
        whole.type(),
        whole.segment(),
        whole.route(),
        whole.user(),
        whole.valueCents(),
        Fate.MALFORMED);
  }

  private record Resend(long position, WebShopRecord record) implements Comparable<Resend> {
    @Override
    public int compareTo(Resend other) {
      return Long.compare(position, other.position);
    }
  }
}
