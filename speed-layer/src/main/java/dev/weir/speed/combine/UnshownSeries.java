package dev.weir.speed.combine;

import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.util.ArrayDeque;
import java.util.List;

/**
 * One cube's series that have changed since they were shown, the longest waiting first. While more
 * of them change than the preview takes, they wait here, where a series is a reference: a row of it
 * would be hundreds of bytes, most often replaced before it is written.
 */
final class UnshownSeries {
  private final ArrayDeque<OpenSeries> changed = new ArrayDeque<>();

  /** May hold some that have been shown with their sketches since. */
  private final ArrayDeque<OpenSeries> sketches = new ArrayDeque<>();

  private int sketchesChanged;

  void add(OpenSeries series) {
    if (!series.changed) {
      series.changed = true;
      changed.add(series);
    }
  }

  /** How many wait to be shown, sketches apart. */
  int changed() {
    return changed.size();
  }

  /** How many rows have newer counts than sketches. */
  int sketchesChanged() {
    return sketchesChanged;
  }

  /**
   * Takes series out to be shown as they are, sketches included.
   *
   * @param room how many at most
   */
  void takeWhole(int room, List<SeriesDelta> whole) {
    int rest = room;
    for (; rest > 0 && !changed.isEmpty(); rest--) {
      OpenSeries series = changed.remove();
      series.changed = false;
      show(series, whole);
    }
    while (rest > 0 && !sketches.isEmpty()) {
      OpenSeries series = sketches.remove();
      if (series.sketchesChanged) {
        show(series, whole);
        rest--;
      }
    }
  }

  /**
   * Takes series out to be shown: whole where there is no row yet, or else their counts, and their
   * sketches another time.
   *
   * @param room how many at most
   */
  void take(int room, List<SeriesDelta> whole, List<SeriesDelta> counts) {
    for (int rest = room; rest > 0 && !changed.isEmpty(); rest--) {
      OpenSeries series = changed.remove();
      series.changed = false;
      if (!series.shown) {
        show(series, whole);
        continue;
      }
      counts.add(series.cumulative());
      if (!series.sketchesChanged) {
        series.sketchesChanged = true;
        sketchesChanged++;
        sketches.add(series);
      }
    }
  }

  private void show(OpenSeries series, List<SeriesDelta> whole) {
    whole.add(series.cumulative());
    series.shown = true;
    if (series.sketchesChanged) {
      series.sketchesChanged = false;
      sketchesChanged--;
    }
  }

  void clear() {
    changed.clear();
    sketches.clear();
    sketchesChanged = 0;
  }
}
