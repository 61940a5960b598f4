package dev.weir.batch.repair;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.repair.DamagedHour.Arrival;
import dev.weir.batch.repair.DamagedHour.OfCube;
import dev.weir.batch.repair.DamagedHour.Version;
import dev.weir.batch.select.DeclaredCubes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/** Reads how damaged event hours stand. */
public final class ReadHours {
  private final Connection connection;
  private final DeclaredCubes cubes;
  private final TreeMap<Long, DamagedHour> hours = new TreeMap<>();

  private ReadHours(Connection connection, DeclaredCubes cubes) {
    this.connection = connection;
    this.cubes = cubes;
  }

  /** The hours, in order of time. */
  public static List<DamagedHour> read(
      Connection connection, DeclaredCubes cubes, SortedSet<Long> wanted, long through)
      throws SQLException {
    ReadHours reader = new ReadHours(connection, cubes);
    long[] times = wanted.stream().mapToLong(Long::longValue).toArray();
    reader.read(connection.createArrayOf("timestamptz", UtcTime.texts(times)), through);
    return List.copyOf(reader.hours.values());
  }

  private void read(Array times, long through) throws SQLException {
    each("damaged-hours", List.of(times), this::addHour);
    each(
        "arrivals-of-hours",
        List.of(times, through),
        row ->
            hour(row)
                .arrivals()
                .add(new Arrival(row.getLong(2), row.getLong(3), row.getBoolean(4))));
    List<Object> ofCubes =
        List.of(
            times,
            connection.createArrayOf("text", cubes.names()),
            connection.createArrayOf("text", cubes.definitions()));
    each(
        "versions-of-hours",
        ofCubes,
        row -> cube(row).versions().add(new Version(row.getLong(3), row.getLong(4))));
    each("speed-commits-of-hours", ofCubes, row -> cube(row).speedCommits().add(row.getLong(3)));
  }

  private void addHour(ResultSet row) throws SQLException {
    List<OfCube> ofCubes = new ArrayList<>();
    for (long since : cubes.sinceCommits()) {
      ofCubes.add(new OfCube(since, new ArrayList<>(), new HashSet<>()));
    }
    long hour = UtcTime.millis(row, 1);
    hours.put(
        hour,
        new DamagedHour(
            hour, row.getBoolean(2), row.getLong(3), row.getLong(4), new ArrayList<>(), ofCubes));
  }

  private DamagedHour hour(ResultSet row) throws SQLException {
    return hours.get(UtcTime.millis(row, 1));
  }

  private OfCube cube(ResultSet row) throws SQLException {
    return hour(row).cubes().get(row.getInt(2));
  }

  private void each(String name, List<Object> values, RowReader reader) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SqlFile.read(ReadHours.class, name))) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
