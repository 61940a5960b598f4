package dev.weir.local.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A web shop's events as JSON lines of about 205 bytes: some are sent twice, some are late, some
 * malformed. The same seed, start and shape give the same lines, whatever the clock says.
 *
 * <p>Not thread-safe.
 */
public final class WebShopStream {
  private static final int REMEMBERED = 2_048;
  private static final int USERS = 20_000;
  private static final int PRODUCTS = 40;
  private static final int JITTER_MILLIS = 800;
  private static final Duration LEAST_LATE = Duration.ofMinutes(2);

  private static final String[] SOURCES = {"web", "web", "ios", "android"};
  private static final String[] SEGMENTS = {"new", "returning", "returning", "vip"};

  /** What became of a line. */
  public enum Kind {
    ON_TIME,
    /** Its event time lies minutes to hours before its arrival. */
    LATE,
    /** One of the last lines again, byte for byte. */
    DUPLICATE,
    /** No valid event. */
    MALFORMED
  }

  /** A line of the stream, in ASCII. */
  public record Line(Kind kind, String text) {
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * How the stream is mixed; shares are between 0 and 1.
   *
   * @param eventsPerSecond by which arrival times advance
   * @param mostLate upper end of lateness; its logarithm is spread evenly from two minutes on
   */
  public record Shape(
      double eventsPerSecond, double duplicates, double malformed, double late, Duration mostLate) {

    /** 1 % duplicates, 0.1 % malformed, 2 % late by minutes to hours. */
    public static Shape usual(double eventsPerSecond) {
      return new Shape(eventsPerSecond, 0.01, 0.001, 0.02, Duration.ofHours(6));
    }
  }

  private final SplittableRandom random;
  private final Instant start;
  private final Shape shape;
  private final Line[] last = new Line[REMEMBERED];
  private final StringBuilder json = new StringBuilder(256);
  private long lines;
  private long valid;
  private long duplicates;
  private long malformed;
  private long late;
  private long cents;

  public WebShopStream(long seed, Instant start, Shape shape) {
    this.random = new SplittableRandom(seed);
    this.start = start;
    this.shape = shape;
  }

  /** The next line. */
  public Line next() {
    Instant now = start.plusNanos((long) (lines++ * (1e9 / shape.eventsPerSecond())));
    double dice = random.nextDouble();
    if (dice < shape.malformed()) {
      malformed++;
      return new Line(Kind.MALFORMED, malformed(now));
    }
    if (dice < shape.malformed() + shape.duplicates() && valid > 0) {
      duplicates++;
      int again = random.nextInt((int) Math.min(valid, REMEMBERED));
      return new Line(Kind.DUPLICATE, last[again].text());
    }
    boolean isLate = random.nextDouble() < shape.late();
    Instant time = isLate ? now.minus(lateness()) : now.minusMillis(random.nextInt(JITTER_MILLIS));
    late += isLate ? 1 : 0;
    Line line = new Line(isLate ? Kind.LATE : Kind.ON_TIME, event(time));
    last[(int) (valid++ % REMEMBERED)] = line;
    return line;
  }

  /** What the lines so far amount to. */
  public WebShopTotals totals() {
    return new WebShopTotals(lines, valid, duplicates, malformed, late, cents);
  }

  private Duration lateness() {
    double least = Math.log((double) LEAST_LATE.toMillis());
    double most = Math.log((double) shape.mostLate().toMillis());
    return Duration.ofMillis((long) Math.exp(least + random.nextDouble() * (most - least)));
  }

  private String event(Instant time) {
    int amount = fields(time);
    cents += amount;
    return json.append(",\"value\":").append(decimal(amount)).append('}').toString();
  }

  /** Writes all fields but the value, and returns the value in cents. */
  private int fields(Instant time) {
    int product = (int) (PRODUCTS * random.nextDouble() * random.nextDouble());
    int type = random.nextInt(100);
    json.setLength(0);
    json.append("{\"event_id\":\"").append(new UUID(random.nextLong(), random.nextLong()));
    json.append("\",\"timestamp\":\"").append(Instant.ofEpochMilli(time.toEpochMilli()));
    json.append("\",\"source\":\"").append(SOURCES[random.nextInt(SOURCES.length)]);
    json.append("\",\"event_type\":\"").append(eventType(type));
    json.append("\",\"user_segment\":\"").append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    json.append("\",\"route\":\"").append(route(type, product));
    json.append("\",\"user_id\":\"u-").append(10_000 + random.nextInt(USERS)).append('"');
    return type < 80 ? 0 : 499 + 350 * product + random.nextInt(300);
  }

  private static String eventType(int type) {
    if (type < 70) {
      return "page_view";
    }
    if (type < 80) {
      return "search";
    }
    return type < 93 ? "add_to_cart" : "purchase";
  }

  private static String route(int type, int product) {
    if (type < 15) {
      return "/";
    }
    if (type >= 70 && type < 80) {
      return "/search";
    }
    return type >= 93 ? "/checkout" : "/product/" + (100 + product);
  }

  /** Each of the ways in which producers break. */
  private String malformed(Instant now) {
    int amount = fields(now);
    String fields = json.toString();
    return switch (random.nextInt(4)) {
      case 0 -> fields.substring(0, fields.length() - 20);
      case 1 -> fields.replace("\"timestamp\"", "\"time\"") + ",\"value\":" + decimal(amount) + "}";
      case 2 -> fields + ",\"value\":\"n/a\"}";
      default -> "GET /health HTTP/1.1";
    };
  }

  private static String decimal(int amount) {
    int rest = amount % 100;
    return amount / 100 + (rest < 10 ? ".0" : ".") + rest;
  }
}
