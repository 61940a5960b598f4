package dev.weir.batch.select;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Finds the files of the selected event hours and cuts the hours into buckets. */
public final class PlanHours {
  private final Connection connection;
  private final DeclaredCubes cubes;
  private final long through;
  private final long head;
  private final boolean fromArrivals;
  private final long rowsPerBucket;
  private final List<SealedGap> gaps = new ArrayList<>();

  /**
   * @param through last commit to absorb
   * @param head of the commit log
   * @param fromArrivals whether compacted files are ignored
   * @param rowsPerBucket how many rows one task may hold in memory
   */
  public PlanHours(
      Connection connection,
      DeclaredCubes cubes,
      long through,
      long head,
      boolean fromArrivals,
      long rowsPerBucket) {
    this.connection = connection;
    this.cubes = cubes;
    this.through = through;
    this.head = head;
    this.fromArrivals = fromArrivals;
    this.rowsPerBucket = rowsPerBucket;
  }

  /**
   * Plans. A sealed hour is planned only if a cube has something to fold into it.
   *
   * @param newest the selected hours, each with the commit of its newest arrivals
   * @param allCubes whether cubes that have absorbed everything are recomputed too
   * @throws UnplannableRunException if an hour has absorbed later commits than the run would
   */
  public PlannedHours plan(SortedMap<Long, Long> newest, boolean allCubes) throws SQLException {
    List<HourState> states = new ArrayList<>();
    List<List<CubePlan>> plans = new ArrayList<>();
    for (HourState state :
        HourState.read(
            connection, cubes, newest.keySet().stream().mapToLong(Long::longValue).toArray())) {
      boolean all = allCubes && !state.sealed();
      List<CubePlan> plan = cubes(state, all ? Long.MAX_VALUE : newest.get(state.hourMillis()));
      if (!state.sealed() || !plan.isEmpty()) {
        states.add(state);
        plans.add(plan);
      }
    }
    FindInputs found =
        FindInputs.of(connection, states.stream().map(this::wanted).toList(), through);
    List<InputFile> files = found.files();
    List<HourPlan> hours = new ArrayList<>();
    int bucket = 0;
    for (HourState state : states) {
      int index = hours.size();
      HourPlan hour = hour(index, state, found.inputs(index), files, plans.get(index), bucket);
      hours.add(hour);
      bucket += hour.buckets();
    }
    return new PlannedHours(files, hours, gaps);
  }

  private HourPlan hour(
      int index,
      HourState state,
      List<HourInput> read,
      List<InputFile> files,
      List<CubePlan> plan,
      int firstBucket) {
    long rows = read.stream().mapToLong(HourInput::rows).sum();
    return new HourPlan(
        index,
        state.hourMillis(),
        state.compacted().version(),
        read.stream().anyMatch(input -> files.get(input.file()).commit() > 0),
        read,
        usable(state) ? state.compacted() : null,
        plan,
        state.sealed(),
        firstBucket,
        (int) Math.max(1, (rows + rowsPerBucket - 1) / rowsPerBucket));
  }

  private List<CubePlan> cubes(HourState state, long newest) {
    List<CubePlan> plans = new ArrayList<>();
    for (int cube = 0; cube < cubes.names().length; cube++) {
      HourState.OfCube before = state.cubes().get(cube);
      long absorbed = before.absorbed();
      if (before.version() > 0 && absorbed >= newest) {
        continue;
      }
      if (before.gap()) {
        gaps.add(new SealedGap(state.hourMillis(), cubes.names()[cube]));
        continue;
      }
      if (absorbed > through && through < head) {
        throw new UnplannableRunException(
            "event hour "
                + Instant.ofEpochMilli(state.hourMillis())
                + " has absorbed commit "
                + absorbed
                + " in cube '"
                + cubes.names()[cube]
                + "': --through must not be before it, and is "
                + through);
      }
      long compacted = usable(state) ? state.compactedThrough() : 0;
      long freshFrom = Math.max(cubes.sinceCommits()[cube], Math.max(absorbed, compacted));
      plans.add(new CubePlan(cube, before.version(), absorbed, freshFrom));
    }
    return plans;
  }

  private FindInputs.Wanted wanted(HourState state) {
    if (state.sealed()) {
      return new FindInputs.Wanted(state.hourMillis(), 0, Long.MAX_VALUE);
    }
    return usable(state)
        ? new FindInputs.Wanted(
            state.hourMillis(), state.compacted().version(), state.compactedThrough())
        : new FindInputs.Wanted(state.hourMillis(), 0, 0);
  }

  private boolean usable(HourState state) {
    return !fromArrivals && !state.sealed() && state.compactionUsable(through);
  }
}
