package dev.weir.benchmark.peer.limit;

import dev.weir.benchmark.peer.work.TrafficRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Totals of all series by minute. Not thread safe: handed over when complete. */
final class Totals {
  private static final int SEGMENTS = SeriesNames.SEGMENTS.size();
  private static final int SERIES = SeriesNames.TYPES.size() * SEGMENTS;
  private static final long MINUTE_MILLIS = 60_000;

  private final Map<Long, SeriesTotals[]> minutes = new HashMap<>();
  private long lastMinute = Long.MIN_VALUE;
  private SeriesTotals[] lastSeries;

  void add(ScannedEvent event) {
    long minute = event.millis / MINUTE_MILLIS;
    if (minute != lastMinute) {
      lastSeries = minutes.computeIfAbsent(minute, m -> new SeriesTotals[SERIES]);
      lastMinute = minute;
    }
    int series = event.type * SEGMENTS + event.segment;
    if (lastSeries[series] == null) {
      lastSeries[series] = new SeriesTotals();
    }
    lastSeries[series].add(event.value);
  }

  /** Takes in what another thread counted; what it gave must not be used again. */
  void add(Totals other) {
    other.minutes.forEach(
        (minute, given) -> {
          SeriesTotals[] mine = minutes.computeIfAbsent(minute, m -> new SeriesTotals[SERIES]);
          for (int i = 0; i < SERIES; i++) {
            if (mine[i] == null) {
              mine[i] = given[i];
            } else if (given[i] != null) {
              mine[i].add(given[i]);
            }
          }
        });
  }

  Set<Long> minutes() {
    return minutes.keySet();
  }

  /** The rows of some minutes as they are now. */
  List<TrafficRow> rows(Collection<Long> wanted) {
    List<TrafficRow> rows = new ArrayList<>();
    for (long minute : wanted) {
      SeriesTotals[] series = minutes.get(minute);
      for (int i = 0; i < SERIES; i++) {
        if (series[i] != null) {
          rows.add(row(minute * MINUTE_MILLIS, i, series[i]));
        }
      }
    }
    return rows;
  }

  private static TrafficRow row(long minuteMillis, int series, SeriesTotals totals) {
    return new TrafficRow(
        minuteMillis,
        SeriesNames.TYPES.get(series / SEGMENTS),
        SeriesNames.SEGMENTS.get(series % SEGMENTS),
        totals.count(),
        totals.sum(),
        totals.min(),
        totals.max(),
        totals.p95());
  }
}
