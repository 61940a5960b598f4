package dev.weir.batch.select;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the files of event hours in the archive manifest. */
final class FindInputs {
  private static final String INPUTS = SqlFile.read(FindInputs.class, "hour-inputs");

  private final Map<Long, FoundFile> files = new LinkedHashMap<>();
  private final List<List<HourInput>> inputs = new ArrayList<>();

  private FindInputs() {}

  /** What is read of an hour. */
  record Wanted(long hourMillis, long compaction, long arrivalsAfter) {}

  /**
   * Finds them.
   *
   * @param through arrivals of later commits are not wanted
   */
  static FindInputs of(Connection connection, List<Wanted> hours, long through)
      throws SQLException {
    FindInputs found = new FindInputs();
    Map<Long, Integer> indexes = new HashMap<>();
    for (Wanted hour : hours) {
      indexes.put(hour.hourMillis(), found.inputs.size());
      found.inputs.add(new ArrayList<>());
    }
    try (PreparedStatement statement = connection.prepareStatement(INPUTS)) {
      long[] times = hours.stream().mapToLong(Wanted::hourMillis).toArray();
      statement.setArray(1, connection.createArrayOf("timestamptz", UtcTime.texts(times)));
      statement.setArray(
          2, connection.createArrayOf("bigint", hours.stream().map(Wanted::compaction).toArray()));
      statement.setArray(
          3,
          connection.createArrayOf("bigint", hours.stream().map(Wanted::arrivalsAfter).toArray()));
      statement.setLong(4, through);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(indexes.get(UtcTime.millis(rows, 1)), rows);
        }
      }
    }
    return found;
  }

  private void add(int hour, ResultSet row) throws SQLException {
    FoundFile file = files.get(row.getLong(2));
    if (file == null) {
      file =
          new FoundFile(
              files.size(), row.getString(3), row.getLong(4), row.getLong(5), new ArrayList<>());
      files.put(row.getLong(2), file);
    }
    file.hours().add(hour);
    inputs.get(hour).add(new HourInput(file.index(), row.getLong(6), row.getLong(7)));
  }

  /** The files, each once. */
  List<InputFile> files() {
    return files.values().stream().map(FoundFile::toInput).toList();
  }

  /** What the hour at that position is read from. */
  List<HourInput> inputs(int hour) {
    return inputs.get(hour);
  }

  private record FoundFile(int index, String path, long commit, long rows, List<Integer> hours) {
    InputFile toInput() {
      return new InputFile(index, path, commit, rows, hours);
    }
  }
}
