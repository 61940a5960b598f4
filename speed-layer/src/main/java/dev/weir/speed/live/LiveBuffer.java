package dev.weir.speed.live;

import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.live.LiveRow.Identity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of epochs not yet committed: those waiting to be written, and those written, which are
 * kept to be written again after an outage. The latest row of a series wins.
 *
 * <p>Bounded: when full, written rows are forgotten first, which only matters after an outage; then
 * rows of further series are dropped, which then show when they change again or with their commit.
 * Thread safe; no method waits for anything but the other short ones, except {@link #awaitWaiting}.
 */
final class LiveBuffer {
  private final int maxRows;
  private final Map<Identity, LiveRow> waiting = new LinkedHashMap<>();
  private final Map<Identity, LiveRow> written = new LinkedHashMap<>();
  private long lowestBase = Long.MIN_VALUE;

  LiveBuffer(int maxRows) {
    this.maxRows = maxRows;
  }

  /**
   * Takes rows in.
   *
   * @return how many were dropped
   */
  synchronized int offer(long base, long seq, List<SeriesDelta> cumulative) {
    int dropped = 0;
    if (base >= lowestBase) {
      for (SeriesDelta delta : cumulative) {
        LiveRow row = new LiveRow(base, seq, delta.key(), delta.aggregate());
        if (!hold(row)) {
          dropped++;
        }
      }
      notifyAll();
    }
    return dropped;
  }

  private boolean hold(LiveRow row) {
    Identity identity = row.identity();
    written.remove(identity);
    if (waiting.replace(identity, row) != null) {
      return true;
    }
    if (waiting.size() + written.size() >= maxRows && !forgetOldestWritten()) {
      return false;
    }
    waiting.put(identity, row);
    return true;
  }

  private boolean forgetOldestWritten() {
    Iterator<Identity> oldest = written.keySet().iterator();
    if (!oldest.hasNext()) {
      return false;
    }
    oldest.next();
    oldest.remove();
    return true;
  }

  /** Waits until a row is waiting, but no longer than that. */
  synchronized void awaitWaiting(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long rest = millis; waiting.isEmpty() && rest > 0; ) {
      wait(rest);
      rest = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Takes rows out to be written; hand them to {@link #written} or {@link #failed}. */
  synchronized List<LiveRow> take(int max) {
    List<LiveRow> rows = new ArrayList<>(Math.min(max, waiting.size()));
    Iterator<LiveRow> oldest = waiting.values().iterator();
    while (rows.size() < max && oldest.hasNext()) {
      rows.add(oldest.next());
      oldest.remove();
    }
    return rows;
  }

  /** Keeps rows that were written, unless a later one waits. */
  synchronized void written(List<LiveRow> rows) {
    for (LiveRow row : rows) {
      Identity identity = row.identity();
      if (row.base() >= lowestBase
          && !waiting.containsKey(identity)
          && waiting.size() + written.size() < maxRows) {
        written.put(identity, row);
      }
    }
  }

  /** Puts rows back that could not be written, unless a later one waits. */
  synchronized void failed(List<LiveRow> rows) {
    for (LiveRow row : rows) {
      if (row.base() >= lowestBase) {
        waiting.putIfAbsent(row.identity(), row);
      }
    }
  }

  /** Everything waits again: it is unknown what the database still has. */
  synchronized void repeatAll() {
    written.forEach(waiting::putIfAbsent);
    written.clear();
  }

  /** Forgets rows of committed epochs. */
  synchronized void forgetBelow(long base) {
    lowestBase = base;
    waiting.keySet().removeIf(identity -> identity.base() < base);
    written.keySet().removeIf(identity -> identity.base() < base);
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
