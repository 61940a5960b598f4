package dev.weir.local.status;

import java.util.List;
import java.util.Optional;

/**
 * What the serving database says of itself, in one snapshot.
 *
 * @param commit head of the commit log; 0 before the first
 * @param commitAgeSeconds since the head was committed; negative before the first
 * @param checks what the batch layer compared, and what it found wrong
 * @param hours event hours in the archive
 * @param recomputedHours those that the batch layer covers
 * @param sinceInRecomputed events that were committed since, into hours before the present one that
 *     had already been recomputed
 * @param incomplete cubes whose views do not show all of what is declared until they are recomputed
 */
public record ServedFigures(
    long commit,
    double commitAgeSeconds,
    List<Freshness> freshness,
    List<Conservation> sources,
    List<DeadLetters> deadLetters,
    Checks checks,
    long hours,
    long recomputedHours,
    long sinceInRecomputed,
    List<IncompleteCube> incomplete) {

  /**
   * How far a part of the served numbers has come.
   *
   * @param lagSeconds age of its newest event; negative where there is nothing, or it is not known
   * @param aheadSeconds by which that event's time lies in the future; negative where it does not
   */
  public record Freshness(
      String part, double lagSeconds, double aheadSeconds, long commitsBehind) {}

  /**
   * A cube that was changed, or added later.
   *
   * @param commit the last one before those that it lacks; empty if it lacks none, as it was
   */
  public record IncompleteCube(String cube, Optional<Long> commit) {}

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

  /**
   * What the batch layer has compared.
   *
   * @param lastRun the last one that is neither a verify nor a repair
   * @param lastAudit the last verify or repair
   * @param disagreements in all: what was found wrong and not set right since
   * @param first of them, at most five lines
   */
  public record Checks(
      Optional<BatchRun> lastRun,
      Optional<BatchRun> lastAudit,
      long disagreements,
      List<Disagreement> first,
      List<SealedHours> sealed) {}

  /** A run of the batch layer that has ended, and whether everything it compared agreed. */
  public record BatchRun(
      long version,
      String kind,
      String state,
      long hours,
      long rows,
      long keysCompared,
      long compared,
      long disagreements,
      String message) {}

  /**
   * Something that is wrong, and its place.
   *
   * @param eventHour the first of them; null where it concerns no single event hour
   * @param places how many event hours it concerns
   * @param detail may be null
   */
  public record Disagreement(
      long version,
      String kind,
      String check,
      String subject,
      String eventHour,
      long places,
      String detail) {}

  /** How many event hours are sealed for a reason. */
  public record SealedHours(String reason, long hours, String newest) {}

  public long counted() {
    return sources.stream().mapToLong(Conservation::counted).sum();
  }

  public long deadLettered() {
    return sources.stream().mapToLong(Conservation::deadLettered).sum();
  }
}
