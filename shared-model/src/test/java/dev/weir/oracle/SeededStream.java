package dev.weir.oracle;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NaiveAggregator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A seeded stream of JSON lines and, beside it, the truth: what an obviously correct program counts
 * of them. 1 % exact duplicates of one of the last 20,000 events, 0.5 % malformed, 5 % without a
 * value, decimals of up to 4 places; how late events are is chosen. Event time goes on by 20 ms per
 * line.
 */
public final class SeededStream {

  /** The row that the cube must show. */
  public record Series(Instant minute, String eventType, String userSegment) {}

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PACE = Duration.ofMillis(20);
  private static final int RESENDABLE = 20_000;
  private static final List<String> TYPES =
      List.of("view", "search", "cart", "purchase", "refund", "löschen\t\"q\"");
  private static final List<String> SEGMENTS = Arrays.asList("new", "regular", "vip", null);

  private final SplittableRandom random;
  private final MeasureLayout layout;
  private final Lateness lateness;
  private final Map<Series, NaiveAggregator> truth = new HashMap<>();
  private final Map<Series, MinuteAggregate> expected = new HashMap<>();
  private final Set<Series> changed = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> recent = new ArrayList<>();
  private long produced;
  private long malformed;
  private long duplicates;

  /** How far behind the stream an event is. */
  public interface Lateness {
    /** 3 % late by up to 72 hours, the rest out of order by up to 5 seconds. */
    Lateness USUAL =
        random ->
            random.nextInt(100) < 3
                ? random.nextLong(Duration.ofDays(3).toMillis())
                : random.nextLong(5_000);

    /** The next event's lateness in milliseconds. */
    long nextMillis(SplittableRandom random);
  }

  public SeededStream(long seed, MeasureLayout layout) {
    this(seed, layout, Lateness.USUAL);
  }

  public SeededStream(long seed, MeasureLayout layout, Lateness lateness) {
    this.random = new SplittableRandom(seed);
    this.layout = layout;
    this.lateness = lateness;
  }

  /** The next lines of the stream. */
  public List<String> next(int lines) {
    List<String> out = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      produced++;
      int kind = random.nextInt(1000);
      if (kind < 10 && !recent.isEmpty()) {
        out.add(recent.get(random.nextInt(recent.size())));
        duplicates++;
      } else if (kind < 15) {
        malformed++;
        out.add(malformed(kind));
      } else {
        String line = event();
        out.add(line);
        remember(line);
      }
    }
    return out;
  }

  private void remember(String line) {
    if (recent.size() < RESENDABLE) {
      recent.add(line);
    } else {
      recent.set((int) (produced % RESENDABLE), line);
    }
  }

  private static String malformed(int kind) {
    return switch (kind % 5) {
      case 0 -> "{\"event_id\":\"x\",\"timestamp\":";
      case 1 -> "{\"event_id\":\"x\",\"timestamp\":\"yesterday\",\"value\":1}";
      case 2 -> "{\"timestamp\":\"2026-03-01T12:00:00Z\"}";
      case 3 -> "{\"event_id\":\"x\",\"timestamp\":\"2026-03-01T12:00:00Z\",\"value\":1.00001}";
      default -> "not json at all";
    };
  }

  private String event() {
    long late = lateness.nextMillis(random);
    Instant time = START.plus(PACE.multipliedBy(produced)).minusMillis(late);
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    String type = TYPES.get(skewed(TYPES.size()));
    String segment = SEGMENTS.get(random.nextInt(SEGMENTS.size()));
    String user = "user-" + random.nextInt(20_000);
    Long value = random.nextInt(100) < 5 ? null : random.nextLong(10_000_000);
    count(id, time, type, segment, user, value);
    StringBuilder json = new StringBuilder(220).append("{\"event_id\":\"").append(id);
    json.append("\",\"timestamp\":\"").append(time);
    json.append("\",\"event_type\":\"").append(type.replace("\"", "\\\"").replace("\t", "\\t"));
    json.append("\",\"user_segment\":").append(segment == null ? "null" : '"' + segment + '"');
    json.append(",\"user_id\":\"").append(user).append('"');
    if (value != null) {
      json.append(",\"value\":").append(BigDecimal.valueOf(value, 4).toPlainString());
    }
    return json.append(",\"extra\":{\"nested\":[1,2,{\"deep\":true}]}}").toString();
  }

  private int skewed(int bound) {
    return Math.min(random.nextInt(bound), random.nextInt(bound));
  }

  private void count(
      String id, Instant time, String type, String segment, String user, Long value) {
    if (!seen.add(id)) {
      throw new IllegalStateException("the generator gave one id twice: " + id);
    }
    Instant minute = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 60L) * 60L);
    Series series = new Series(minute, type, segment);
    truth
        .computeIfAbsent(series, key -> new NaiveAggregator(layout))
        .add(Collections.singletonList(value), List.of(user));
    changed.add(series);
  }

  /** Valid events without their duplicates, so far. */
  public long unique() {
    return seen.size();
  }

  /** The ids of these events. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(seen);
  }

  public long produced() {
    return produced;
  }

  public long malformed() {
    return malformed;
  }

  public long duplicates() {
    return duplicates;
  }

  /** What the cube must show of all lines so far. */
  public Map<Series, MinuteAggregate> truth() {
    changed.forEach(series -> expected.put(series, truth.get(series).toAggregate()));
    changed.clear();
    return Collections.unmodifiableMap(expected);
  }
}
