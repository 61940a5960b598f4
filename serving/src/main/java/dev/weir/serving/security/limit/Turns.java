package dev.weir.serving.security.limit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets each of many names do few things at a time; who comes meanwhile waits, in order. */
final class Turns {
  private final int atATime;
  private final Duration patience;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /**
   * @param patience how long somebody waits for a turn
   */
  Turns(int atATime, Duration patience) {
    this.atATime = atATime;
    this.patience = patience;
  }

  /** Those of one name that are at it or wait. */
  private final class Line {
    private final Semaphore free = new Semaphore(atATime, true);
    private int present; // Changed inside of the map's compute only.
  }

  /**
   * Waits for a turn.
   *
   * @return whether it has come; then {@link #end} must follow
   */
  boolean begin(String name) {
    Line line =
        lines.compute(
            name,
            (key, known) -> {
              Line joined = known == null ? new Line() : known;
              joined.present++;
              return joined;
            });
    boolean come = false;
    try {
      come = line.free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!come) {
        leave(name);
      }
    }
    return come;
  }

  /** Gives a turn back. */
  void end(String name) {
    lines.get(name).free.release();
    leave(name);
  }

  /** How many names are remembered: those that are at something. */
  int names() {
    return lines.size();
  }

  private void leave(String name) {
    lines.computeIfPresent(name, (key, line) -> --line.present == 0 ? null : line);
  }
}
