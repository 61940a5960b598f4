package dev.weir.serving.cube;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which views a range is read from: whole days or hours where no bucket begins inside of them, the
 * hours and minutes of those where one does.
 *
 * @param main the view that most of the range comes from
 * @param whole the range that it covers
 * @param cut what begins inside of that range and is left out, because a bucket begins within it
 * @param hours runs that come from the hour view instead
 * @param minutes runs that come from the minute view instead
 */
record Pieces(Granularity main, Run whole, List<Instant> cut, List<Run> hours, List<Run> minutes) {

  /** From, inclusive, to, exclusive. */
  record Run(Instant from, Instant to) {}

  static Pieces of(Buckets buckets) {
    for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS)) {
      Run whole = inner(unit, new Run(buckets.from(), buckets.end()));
      long units = unit.between(whole.from(), whole.to());
      SortedSet<Instant> all = cut(unit, buckets);
      List<Instant> inside = List.copyOf(inside(all, whole));
      if (units > 0 && units - inside.size() >= all.size()) {
        return rest(unit, whole, all, inside, buckets);
      }
    }
    Run all = new Run(buckets.from(), buckets.end());
    return new Pieces(Granularity.MINUTE, all, List.of(), List.of(), List.of());
  }

  private static Pieces rest(
      ChronoUnit unit, Run whole, SortedSet<Instant> cut, List<Instant> inside, Buckets buckets) {
    List<Run> rest =
        cut.stream().map(start -> clipped(new Run(start, start.plus(1, unit)), buckets)).toList();
    if (unit == ChronoUnit.HOURS) {
      return new Pieces(Granularity.HOUR, whole, inside, List.of(), rest);
    }
    SortedSet<Instant> cutHours = cut(ChronoUnit.HOURS, buckets);
    List<Run> hours = new ArrayList<>();
    List<Run> minutes = new ArrayList<>();
    for (Run day : rest) {
      Run wholeHours = inner(ChronoUnit.HOURS, day);
      Instant from = wholeHours.from();
      for (Instant hour : inside(cutHours, wholeHours)) {
        add(hours, new Run(from, hour));
        from = hour.plus(1, ChronoUnit.HOURS);
      }
      add(hours, new Run(from, wholeHours.to()));
    }
    for (Instant hour : cutHours) {
      add(minutes, clipped(new Run(hour, hour.plus(1, ChronoUnit.HOURS)), buckets));
    }
    return new Pieces(Granularity.DAY, whole, inside, hours, minutes);
  }

  private static void add(List<Run> runs, Run run) {
    if (run.from().isBefore(run.to())) {
      runs.add(run);
    }
  }

  /** Starts of the units that a bucket begins or ends inside of. */
  private static SortedSet<Instant> cut(ChronoUnit unit, Buckets buckets) {
    SortedSet<Instant> cut = new TreeSet<>();
    buckets
        .bounds()
        .filter(bound -> !bound.truncatedTo(unit).equals(bound))
        .forEach(bound -> cut.add(bound.truncatedTo(unit)));
    return cut;
  }

  private static SortedSet<Instant> inside(SortedSet<Instant> all, Run run) {
    return run.from().isBefore(run.to()) ? all.subSet(run.from(), run.to()) : new TreeSet<>();
  }

  /** The whole units of a run; their end is before their start where there is none. */
  private static Run inner(ChronoUnit unit, Run run) {
    Instant from = run.from().truncatedTo(unit);
    return new Run(from.equals(run.from()) ? from : from.plus(1, unit), run.to().truncatedTo(unit));
  }

  private static Run clipped(Run run, Buckets buckets) {
    return new Run(
        run.from().isBefore(buckets.from()) ? buckets.from() : run.from(),
        run.to().isAfter(buckets.end()) ? buckets.end() : run.to());
  }
}
