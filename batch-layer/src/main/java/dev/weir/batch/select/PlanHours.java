package dev.weir.batch.select;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Finds the files of the selected event hours and cuts the hours into buckets. */
public final class PlanHours {
  private static final String STATES = SqlFile.read(PlanHours.class, "hour-states");
  private static final String INPUTS = SqlFile.read(PlanHours.class, "hour-inputs");

  private final Connection connection;
  private final DeclaredCubes cubes;
  private final long through;
  private final long head;
  private final boolean fromArrivals;
  private final long rowsPerBucket;

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
   * Plans.
   *
   * @param newest the selected hours, each with the commit of its newest arrivals
   * @param allCubes whether cubes that have absorbed everything are recomputed too
   * @throws IllegalArgumentException if an hour has absorbed later commits than the run would
   */
  public PlannedHours plan(SortedMap<Long, Long> newest, boolean allCubes) throws SQLException {
    List<HourState> states = states(newest.keySet().stream().mapToLong(Long::longValue).toArray());
    Map<Long, FoundFile> found = new LinkedHashMap<>();
    List<List<HourInput>> inputs = inputs(states, found);
    List<InputFile> files = found.values().stream().map(FoundFile::toInput).toList();
    List<HourPlan> hours = new ArrayList<>();
    int bucket = 0;
    for (HourState state : states) {
      List<HourInput> read = inputs.get(hours.size());
      long rows = read.stream().mapToLong(HourInput::rows).sum();
      int buckets = (int) Math.max(1, (rows + rowsPerBucket - 1) / rowsPerBucket);
      boolean compacts = read.stream().anyMatch(input -> files.get(input.file()).commit() > 0);
      hours.add(
          new HourPlan(
              hours.size(),
              state.hourMillis(),
              state.compaction(),
              compacts,
              read,
              cubes(state, allCubes ? Long.MAX_VALUE : newest.get(state.hourMillis())),
              bucket,
              buckets));
      bucket += buckets;
    }
    return new PlannedHours(files, hours);
  }

  private List<CubePlan> cubes(HourState state, long newest) {
    List<CubePlan> plans = new ArrayList<>();
    for (int cube = 0; cube < cubes.names().length; cube++) {
      long absorbed = state.absorbed().get(cube);
      if (state.versions().get(cube) > 0 && absorbed >= newest) {
        continue;
      }
      if (absorbed > through && through < head) {
        throw new IllegalArgumentException(
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
      plans.add(new CubePlan(cube, state.versions().get(cube), absorbed, freshFrom));
    }
    return plans;
  }

  private List<HourState> states(long[] hours) throws SQLException {
    List<HourState> states = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(STATES)) {
      statement.setArray(1, connection.createArrayOf("timestamptz", UtcTime.texts(hours)));
      cubes.bind(statement, 2);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getInt(4) == 0) {
            states.add(
                new HourState(
                    UtcTime.millis(rows, 1),
                    rows.getLong(2),
                    rows.getLong(3),
                    new ArrayList<>(),
                    new ArrayList<>()));
          }
          HourState state = states.get(states.size() - 1);
          state.versions().add(rows.getLong(5));
          state.absorbed().add(rows.getLong(6));
        }
      }
    }
    return states;
  }

  /** The inputs of each state's hour; fills in the files as they are found. */
  private List<List<HourInput>> inputs(List<HourState> states, Map<Long, FoundFile> files)
      throws SQLException {
    Map<Long, Integer> indexes = new LinkedHashMap<>();
    states.forEach(state -> indexes.put(state.hourMillis(), indexes.size()));
    List<List<HourInput>> inputs = new ArrayList<>();
    states.forEach(state -> inputs.add(new ArrayList<>()));
    long[] hours = states.stream().mapToLong(HourState::hourMillis).toArray();
    Long[] compactions = new Long[hours.length];
    Long[] compactedThrough = new Long[hours.length];
    Arrays.setAll(compactions, i -> usable(states.get(i)) ? states.get(i).compaction() : 0L);
    Arrays.setAll(
        compactedThrough, i -> usable(states.get(i)) ? states.get(i).compactedThrough() : 0L);
    try (PreparedStatement statement = connection.prepareStatement(INPUTS)) {
      statement.setArray(1, connection.createArrayOf("timestamptz", UtcTime.texts(hours)));
      statement.setArray(2, connection.createArrayOf("bigint", compactions));
      statement.setArray(3, connection.createArrayOf("bigint", compactedThrough));
      statement.setLong(4, through);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int hour = indexes.get(UtcTime.millis(rows, 1));
          FoundFile file = files.get(rows.getLong(2));
          if (file == null) {
            file =
                new FoundFile(
                    files.size(),
                    rows.getString(3),
                    rows.getLong(4),
                    rows.getLong(5),
                    new ArrayList<>());
            files.put(rows.getLong(2), file);
          }
          file.hours().add(hour);
          inputs.get(hour).add(new HourInput(file.index(), rows.getLong(6), rows.getLong(7)));
        }
      }
    }
    return inputs;
  }

  private boolean usable(HourState state) {
    return !fromArrivals && state.compactionUsable(through);
  }

  private record FoundFile(int index, String path, long commit, long rows, List<Integer> hours) {
    InputFile toInput() {
      return new InputFile(index, path, commit, rows, hours);
    }
  }
}
