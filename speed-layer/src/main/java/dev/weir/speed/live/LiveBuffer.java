package dev.weir.speed.live;

import dev.weir.speed.live.LiveRow.Extent;
import dev.weir.speed.live.LiveRow.Identity;
import java.util.ArrayList;
import java.util.Comparator;
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
  private final List<Map<Identity, LiveRow>> waiting = new ArrayList<>();
  private final Map<Identity, LiveRow> written = new LinkedHashMap<>();
  private int waitingRows;
  private long lowestBase = Long.MIN_VALUE;

  /**
   * @param cubes of the pipeline
   * @param maxRows held at most
   */
  LiveBuffer(int cubes, int maxRows) {
    this.maxRows = maxRows;
    for (int i = 0; i < cubes; i++) {
      waiting.add(new LinkedHashMap<>());
    }
  }

  /**
   * Takes rows in.
   *
   * @param base of all of them
   * @return how many were dropped
   */
  synchronized int offer(long base, List<LiveRow> rows) {
    int dropped = 0;
    if (base >= lowestBase) {
      for (LiveRow row : rows) {
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
    if (row.extent() == Extent.WHOLE) {
      forgetCounts(row);
    }
    if (waitingLike(row).replace(identity, row) != null) {
      return true;
    }
    if (waitingRows + written.size() >= maxRows && !forgetOldestWritten()) {
      return false;
    }
    letWait(row);
    return true;
  }

  /** A later whole row has the counts, too. */
  private void forgetCounts(LiveRow whole) {
    written.remove(whole.counts());
    if (waitingLike(whole).remove(whole.counts()) != null) {
      waitingRows--;
    }
  }

  private boolean forgetOldestWritten() {
    Iterator<Identity> oldest = written.keySet().iterator();
    if (!oldest.hasNext()) {
      return false;
    }
    Identity forgotten = oldest.next();
    oldest.remove();
    if (forgotten.extent() == Extent.WHOLE) {
      // Counts change a whole row: without it they are of no use.
      written.remove(new Identity(forgotten.base(), forgotten.key(), Extent.COUNTS));
    }
    return true;
  }

  private Map<Identity, LiveRow> waitingLike(LiveRow row) {
    return waiting.get(row.key().cube());
  }

  /**
   * Lets a row wait, unless a later one of the same identity does; a whole row ahead of the counts
   * that change it.
   */
  private void letWait(LiveRow row) {
    Map<Identity, LiveRow> ofCube = waitingLike(row);
    if (ofCube.putIfAbsent(row.identity(), row) == null) {
      waitingRows++;
      if (row.extent() == Extent.WHOLE) {
        LiveRow counts = ofCube.remove(row.counts());
        if (counts != null) {
          ofCube.put(counts.identity(), counts);
        }
      }
    }
  }

  /** Waits until a row is waiting, but no longer than that. */
  synchronized void awaitWaiting(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long rest = millis; waitingRows == 0 && rest > 0; ) {
      wait(rest);
      rest = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /**
   * Takes rows out to be written; hand them to {@link #written} or {@link #failed}. The longest
   * waiting of each cube, and of each cube as many: a cube of few series does not wait until all
   * series of another are written.
   */
  synchronized List<LiveRow> take(int max) {
    List<LiveRow> rows = new ArrayList<>(Math.min(max, waitingRows));
    List<Map<Identity, LiveRow>> fewestFirst = new ArrayList<>(waiting);
    fewestFirst.sort(Comparator.comparingInt(Map::size));
    for (int cube = 0; cube < fewestFirst.size(); cube++) {
      int share = (max - rows.size()) / (fewestFirst.size() - cube);
      Iterator<LiveRow> oldest = fewestFirst.get(cube).values().iterator();
      for (int i = 0; i < share && oldest.hasNext(); i++) {
        rows.add(oldest.next());
        oldest.remove();
      }
    }
    waitingRows -= rows.size();
    return rows;
  }

  /** Keeps rows that were written, unless a later one waits. */
  synchronized void written(List<LiveRow> rows) {
    for (LiveRow row : rows) {
      Identity identity = row.identity();
      if (row.base() >= lowestBase
          && !waitingLike(row).containsKey(identity)
          && waitingRows + written.size() < maxRows) {
        written.put(identity, row);
      }
    }
  }

  /** Puts rows back that could not be written, unless a later one waits. */
  synchronized void failed(List<LiveRow> rows) {
    for (LiveRow row : rows) {
      if (row.base() >= lowestBase) {
        letWait(row);
      }
    }
  }

  /** Everything waits again: it is unknown what the database still has. */
  synchronized void repeatAll() {
    written.values().forEach(this::letWait);
    written.clear();
  }

  /** Forgets rows of committed epochs. */
  synchronized void forgetBelow(long base) {
    lowestBase = base;
    waitingRows = 0;
    for (Map<Identity, LiveRow> ofCube : waiting) {
      ofCube.keySet().removeIf(identity -> identity.base() < base);
      waitingRows += ofCube.size();
    }
    written.keySet().removeIf(identity -> identity.base() < base);
  }

  /** How many of a cube. */
  synchronized int waiting(int cube) {
    return waiting.get(cube).size();
  }

  synchronized int waiting() {
    return waitingRows;
  }
}
