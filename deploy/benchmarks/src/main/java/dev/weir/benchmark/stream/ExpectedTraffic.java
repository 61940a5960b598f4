package dev.weir.benchmark.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * What must be served of a generated stream: every row of the traffic cube, computed the obvious
 * way, and how many records must meet which fate.
 */
public final class ExpectedTraffic {

  /** Key of a row of {@code serving.traffic_minute}. */
  public record Series(long minuteMillis, String type, String segment) {}

  /** Its exact measures; values in hundredths. */
  public record Totals(long count, long sumCents, long minCents, long maxCents) {
    Totals plus(Totals other) {
      return new Totals(
          count + other.count,
          sumCents + other.sumCents,
          Math.min(minCents, other.minCents),
          Math.max(maxCents, other.maxCents));
    }
  }

  private final Map<Series, Totals> rows = new HashMap<>();
  private long counted;
  private long duplicate;
  private long malformed;

  /** Takes a record in, as the generator gave it. */
  public void add(WebShopRecord record) {
    switch (record.fate()) {
      case COUNTED ->
          count(
              new Series(
                  record.minuteMillis(),
                  WebShop.TYPES.get(record.type()),
                  WebShop.SEGMENTS.get(record.segment())),
              record.valueCents());
      case DUPLICATE -> duplicate++;
      case MALFORMED -> malformed++;
    }
  }

  /** Takes in an event that must be counted. */
  public void count(Series series, long valueCents) {
    counted++;
    rows.merge(series, new Totals(1, valueCents, valueCents, valueCents), Totals::plus);
  }

  /** Takes in what another part of the stream gave. */
  public void add(ExpectedTraffic other) {
    counted += other.counted;
    duplicate += other.duplicate;
    malformed += other.malformed;
    other.rows.forEach((series, totals) -> rows.merge(series, totals, Totals::plus));
  }

  /** The rows; for reading only. */
  public Map<Series, Totals> rows() {
    return rows;
  }

  /** Events that must be counted, each once. */
  public long counted() {
    return counted;
  }

  public long duplicate() {
    return duplicate;
  }

  public long malformed() {
    return malformed;
  }

  /** All records: counted + duplicate + malformed. */
  public long records() {
    return counted + duplicate + malformed;
  }
}
