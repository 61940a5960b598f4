package dev.weir.benchmark.freshness;

import dev.weir.aggregate.MinuteBucket;
import dev.weir.benchmark.stream.ExpectedTraffic.Series;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** A probe: an event like all others, but for a type that tells its partition. */
final class ProbeEvent {
  static final long VALUE_CENTS = 100;
  private static final String TYPE = "probe-";
  private static final String SEGMENT = "free";

  private ProbeEvent() {}

  /** The event type by which the probes of a partition are found. */
  static String type(int partition) {
    return TYPE + partition;
  }

  /** The partition that an event type stands for. */
  static int partition(String type) {
    return Integer.parseInt(type.substring(TYPE.length()));
  }

  static byte[] json(int partition, long millis) {
    return "{\"event_id\":\"%s\",\"timestamp\":\"%s\",\"source\":\"web\",\"event_type\":\"%s\",\"user_segment\":\"%s\",\"route\":\"/home\",\"user_id\":\"u100000\",\"value\":1.00}"
        .formatted(UUID.randomUUID(), Instant.ofEpochMilli(millis), type(partition), SEGMENT)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The row that counts it. */
  static Series series(int partition, long millis) {
    long minuteMillis =
        Math.floorDiv(millis, MinuteBucket.MINUTE_MILLIS) * MinuteBucket.MINUTE_MILLIS;
    return new Series(minuteMillis, type(partition), SEGMENT);
  }
}
