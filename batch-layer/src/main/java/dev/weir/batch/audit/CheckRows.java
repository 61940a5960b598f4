package dev.weir.batch.audit;

import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.HourRange;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Compares the rows of every cube table with the digests noted when they were written, one day's
 * partition after the other.
 */
final class CheckRows {
  private static final String DAYS = SqlFile.read(CheckRows.class, "days-with-rows");
  private static final String ALTERED = SqlFile.read(CheckRows.class, "altered-rows");
  private static final String WITHOUT = SqlFile.read(CheckRows.class, "rows-without-digest");
  private static final String NOTED = SqlFile.read(CheckRows.class, "rows-noted");
  private static final int HOURS_OF_DAY = 24;

  private final Connection connection;
  private final Pipeline pipeline;
  private final HourRange range;
  private final List<RowDamage> damages = new ArrayList<>();

  CheckRows(Connection connection, Pipeline pipeline, HourRange range) {
    this.connection = connection;
    this.pipeline = pipeline;
    this.range = range;
  }

  List<RowDamage> find() throws SQLException {
    for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
      CubeTables tables = tables(cube);
      for (RowLayer layer : RowLayer.values()) {
        for (LocalDate day : days(tables, layer)) {
          altered(cube, tables, layer, day);
        }
      }
      withoutDigest(cube, tables);
    }
    return damages;
  }

  /** How many rows were noted in the range, in all cubes and layers. */
  long rows() throws SQLException {
    long rows = 0;
    for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
      try (PreparedStatement statement = connection.prepareStatement(NOTED)) {
        statement.setString(1, tables(cube).cube().name());
        statement.setString(2, tables(cube).cube().definitionHash());
        bindRange(statement, 3);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          rows += row.getLong(1);
        }
      }
    }
    return rows;
  }

  private List<LocalDate> days(CubeTables tables, RowLayer layer) throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(DAYS)) {
      statement.setString(1, tables.table(layer.table()));
      statement.setString(2, tables.cube().name());
      statement.setString(3, tables.cube().definitionHash());
      statement.setString(4, layer.stored());
      statement.setObject(5, LocalDate.ofInstant(range.from(), ZoneOffset.UTC));
      statement.setObject(6, LocalDate.ofInstant(range.to(), ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          days.add(row.getObject(1, LocalDate.class));
        }
      }
    }
    return days;
  }

  private void altered(int cube, CubeTables tables, RowLayer layer, LocalDate day)
      throws SQLException {
    Array hours = connection.createArrayOf("timestamptz", UtcTime.texts(hours(day)));
    try (PreparedStatement statement = connection.prepareStatement(ALTERED)) {
      for (int first : new int[] {1, 5}) {
        statement.setString(first, layer.stored());
        statement.setString(first + 1, tables.cube().name());
        statement.setString(first + 2, tables.cube().definitionHash());
        statement.setArray(first + 3, hours);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long noted = row.getLong(3);
          damages.add(
              new RowDamage(
                  cube,
                  layer,
                  tables.table(layer.table()),
                  UtcTime.millis(row, 1),
                  row.getLong(2),
                  noted,
                  detail(noted, row.getLong(4), row.getBoolean(5))));
        }
      }
    }
  }

  private long[] hours(LocalDate day) {
    long start = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    return LongStream.range(0, HOURS_OF_DAY)
        .map(hour -> start + hour * MinuteBucket.HOUR_MILLIS)
        .filter(h -> h >= range.from().toEpochMilli() && h < range.to().toEpochMilli())
        .toArray();
  }

  private static String detail(long noted, long found, boolean unknown) {
    if (unknown) {
      return "were added: there are " + found + ", and none were noted";
    }
    return noted == found
        ? "were altered: there are " + found + ", but not those that were noted"
        : "are not all that were noted: there are " + found + ", noted were " + noted;
  }

  private void withoutDigest(int cube, CubeTables tables) throws SQLException {
    String name = tables.cube().name();
    String definition = tables.cube().definitionHash();
    try (PreparedStatement statement = connection.prepareStatement(WITHOUT)) {
      statement.setString(1, name);
      statement.setString(2, definition);
      statement.setString(3, name);
      statement.setString(4, definition);
      bindRange(statement, 5);
      statement.setString(7, name);
      statement.setString(8, definition);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          RowLayer layer = RowLayer.valueOf(row.getString(2).toUpperCase(Locale.ROOT));
          damages.add(
              new RowDamage(
                  cube,
                  layer,
                  tables.table(layer.table()),
                  UtcTime.millis(row, 1),
                  row.getLong(3),
                  0,
                  "are missing, and so is what was noted of them"));
        }
      }
    }
  }

  private void bindRange(PreparedStatement statement, int first) throws SQLException {
    statement.setObject(first, UtcTime.ofMillis(range.from().toEpochMilli()));
    statement.setObject(first + 1, UtcTime.ofMillis(range.to().toEpochMilli()));
  }

  private CubeTables tables(int cube) {
    return CubeTables.of(pipeline, pipeline.cubes().get(cube));
  }
}
