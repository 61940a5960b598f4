package dev.weir.batch.rewind;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.PlanHours;
import dev.weir.batch.select.PlannedHours;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What becomes of the event hours that have absorbed commits to be removed: a retained version that
 * has not is served again; where there is none, the hour is recomputed from what stays of the
 * archive.
 */
public final class RewindPlan {
  private static final String ONLY_COMPACTED = SqlFile.read(RewindPlan.class, "only-compacted");
  private static final int NAMED = 3;

  private final RewindTarget target;
  private final List<AbsorbedHour> hours;

  private RewindPlan(RewindTarget target, List<AbsorbedHour> hours) {
    this.target = target;
    this.hours = hours;
  }

  /**
   * Finds the hours.
   *
   * @throws RunRefusedException if an hour that is shown can neither be served by a retained
   *     version nor be recomputed; the message names the oldest commit that can be gone back to, or
   *     the definition that is missing
   */
  public static RewindPlan of(Connection connection, RewindTarget target)
      throws SQLException, RunRefusedException {
    RewindPlan plan = new RewindPlan(target, AbsorbedHour.after(connection, target.commit()));
    plan.requireDeclared();
    plan.requirePossible(connection);
    return plan;
  }

  /** Event hours, each once, that a retained version serves again in every served cube. */
  public int retained() {
    Set<Long> retained = new TreeSet<>();
    hours.stream().filter(h -> h.current() && h.kept()).forEach(h -> retained.add(h.hourMillis()));
    recomputed().keySet().forEach(retained::remove);
    return retained.size();
  }

  /** How many of the {@link #retained} event hours are sealed: no run computes them again. */
  public long sealed() {
    return hours.stream()
        .filter(h -> h.current() && h.kept() && h.sealed() != null)
        .map(AbsorbedHour::hourMillis)
        .distinct()
        .count();
  }

  /** Definitions no longer declared that lose event hours, which they get back if they return. */
  public List<String> retiredThatStartAnew() {
    return hours.stream()
        .filter(h -> !h.current() && !h.kept() && h.archived())
        .map(h -> h.cube() + " (definition " + h.definition() + ")")
        .distinct()
        .toList();
  }

  /** The hours to recompute from arrivals of the commits that stay, with the cubes that need it. */
  public PlannedHours recomputation(Connection connection, DeclaredCubes cubes, long rowsPerBucket)
      throws SQLException {
    Map<Long, Set<String>> recomputed = recomputed();
    TreeMap<Long, Long> newest = new TreeMap<>();
    recomputed.keySet().forEach(hour -> newest.put(hour, target.commit()));
    PlannedHours planned =
        new PlanHours(connection, cubes, target.commit(), target.commit(), false, rowsPerBucket)
            .plan(newest, true);
    List<HourPlan> needed = new ArrayList<>();
    for (HourPlan hour : planned.hours()) {
      Set<String> names = recomputed.get(hour.hourMillis());
      needed.add(
          hour.withCubes(
              hour.cubes().stream()
                  .filter((CubePlan cube) -> names.contains(cubes.names()[cube.cube()]))
                  .toList()));
    }
    return new PlannedHours(planned.files(), needed, planned.gaps());
  }

  private Map<Long, Set<String>> recomputed() {
    Map<Long, Set<String>> recomputed = new TreeMap<>();
    for (AbsorbedHour hour : hours) {
      if (hour.isRecomputed()) {
        recomputed.computeIfAbsent(hour.hourMillis(), h -> new TreeSet<>()).add(hour.cube());
      }
    }
    return recomputed;
  }

  private void requireDeclared() throws RunRefusedException {
    List<AbsorbedHour> shown = hours.stream().filter(AbsorbedHour::isShownOnly).toList();
    if (!shown.isEmpty()) {
      AbsorbedHour first = shown.get(0);
      int more = shown.size() - 1;
      throw new RunRefusedException(
          "cannot rewind to commit "
              + target.commit()
              + ": views still show cube '"
              + first.cube()
              + "' by definition "
              + first.definition()
              + ", which is not declared any more, so that event hour "
              + first.hour()
              + (more > 0 ? " (and " + more + " more)" : "")
              + " cannot be computed anew. Run weir batch (and migrate, where no dashboard runs"
              + " that switches the views) until they show what is declared now, or, if the cube is"
              + " to be shown no more, drop its views; then rewind. Nothing was changed");
    }
  }

  private void requirePossible(Connection connection) throws SQLException, RunRefusedException {
    long oldest = target.commit();
    List<String> reasons = new ArrayList<>();
    for (AbsorbedHour hour : hours) {
      if (hour.isStuck()) {
        oldest = Math.max(oldest, hour.oldest());
        reasons.add(
            "event hour "
                + hour.hour()
                + " is sealed ("
                + hour.sealed()
                + ") and the oldest version kept of it in cube '"
                + hour.cube()
                + "' has absorbed the commits up to "
                + hour.oldest());
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ONLY_COMPACTED)) {
      statement.setLong(1, target.commit());
      statement.setLong(2, target.commit());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          oldest = Math.max(oldest, rows.getLong(2));
          reasons.add(
              "arrivals of event hour "
                  + Instant.ofEpochMilli(UtcTime.millis(rows, 1))
                  + " are gone, and its compacted files hold the commits up to "
                  + rows.getLong(2));
        }
      }
    }
    if (!reasons.isEmpty()) {
      int more = reasons.size() - NAMED;
      throw new RunRefusedException(
          "cannot rewind to commit "
              + target.commit()
              + ": "
              + String.join("; ", reasons.subList(0, Math.min(NAMED, reasons.size())))
              + (more > 0 ? "; and " + more + " more" : "")
              + ". Removing later commits from them would lose events. "
              + (oldest < target.head()
                  ? "The oldest commit that can be rewound to is " + oldest
                  : "No commit can be removed")
              + "; nothing was changed");
    }
  }
}
