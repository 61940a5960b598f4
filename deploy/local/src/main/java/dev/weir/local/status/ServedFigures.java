package dev.weir.local.status;

import java.util.List;
import java.util.Optional;

/**
 * What the serving database says of itself, in one snapshot.
 *
 * @param commit head of the commit log; 0 before the first
 * @param commitAgeSeconds since the head was committed; negative before the first
 * @param hours event hours in the archive
 * @param recomputedHours those that the batch layer covers
 * @param sinceInRecomputed events that were committed since, into hours before the present one that
 *     had already been recomputed
 */
public record ServedFigures(
    long commit,
    double commitAgeSeconds,
    List<Freshness> freshness,
    List<Conservation> sources,
    List<DeadLetters> deadLetters,
    Optional<Reconciliation> lastRun,
    long hours,
    long recomputedHours,
    long sinceInRecomputed) {

  /** How far a part of the served numbers has come; the lag is negative where there is nothing. */
  public record Freshness(String part, double lagSeconds, long commitsBehind) {}

  /** What became of a source's records. */
  public record Conservation(
      String source,
      long in,
      long counted,
      long duplicate,
      long deadLettered,
      long filtered,
      boolean holds) {}

  /** Rejected records of a source for one reason. */
  public record DeadLetters(String source, String reason, long records) {}

  /** A run of the batch layer that has ended, and whether everything it compared agreed. */
  public record Reconciliation(
      long version,
      String state,
      long hours,
      long rows,
      long keysCompared,
      long disagreements,
      String message) {}

  public long counted() {
    return sources.stream().mapToLong(Conservation::counted).sum();
  }

  public long deadLettered() {
    return sources.stream().mapToLong(Conservation::deadLettered).sum();
  }
}
