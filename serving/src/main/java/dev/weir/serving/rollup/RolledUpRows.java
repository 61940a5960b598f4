package dev.weir.serving.rollup;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.BinaryFields;
import dev.weir.db.ComputedColumns;
import dev.weir.db.CopyBinary;
import dev.weir.db.CubeBinaryRow;
import dev.weir.pipeline.Cube;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows of one roll-up table while they are added up: by grouping (as an {@link AggregateKey}'s
 * cube), bucket and dimensions, those that a grouping leaves out being null.
 */
final class RolledUpRows {
  /** Finality of what was published; of what was committed since. */
  private static final int PUBLISHED = 0;

  private static final int COMMITTED = 1;

  private static final int PIECE_BYTES = 1 << 20;

  private final int most;
  private final MeasureLayout layout;
  private final List<Grouping> groupings;
  private final List<String> dimensions;
  private final ComputedColumns computed;
  private final Map<AggregateKey, Row> rows = new HashMap<>();

  private static final class Row {
    private final MinuteAggregate sum;
    private int part;

    Row(MinuteAggregate sum) {
      this.sum = sum;
    }
  }

  /**
   * No rows yet.
   *
   * @param most how many may be kept in memory
   */
  RolledUpRows(Cube cube, int most) {
    this.most = most;
    this.layout = cube.layout();
    this.dimensions = cube.dimensionNames();
    this.groupings = Grouping.of(dimensions);
    this.computed = ComputedColumns.of(cube);
  }

  /**
   * Adds all rows of a COPY of bucket, dimensions and measures to every grouping; the first of all
   * that is added.
   */
  void addCommitted(Connection connection, String copy) throws SQLException {
    addToEvery(connection, copy, COMMITTED);
  }

  /** Adds all published rows of such a COPY to every grouping; the first of all that is added. */
  void addPublishedToEvery(Connection connection, String copy) throws SQLException {
    addToEvery(connection, copy, PUBLISHED);
  }

  private void addToEvery(Connection connection, String copy, int part) throws SQLException {
    CopiedRows.merge(connection, copy, layout, fields -> row(key(Grouping.ALL, fields), part).sum);
    for (Map.Entry<AggregateKey, Row> series : List.copyOf(rows.entrySet())) {
      addToFewer(series.getKey(), series.getValue().sum, part);
    }
  }

  /**
   * Adds all rows of such a COPY to every grouping but that of all dimensions: what is published of
   * all series is not kept twice.
   */
  void addPublished(Connection connection, String copy) throws SQLException {
    Published one = new Published();
    CopiedRows.merge(connection, copy, layout, one::next);
    one.add();
  }

  /** One row after the other, in the same memory. */
  private final class Published {
    private final MinuteAggregate sum = MinuteAggregate.empty(layout);
    private AggregateKey series;

    MinuteAggregate next(BinaryFields fields) {
      add();
      sum.clear();
      series = key(Grouping.ALL, fields);
      return sum;
    }

    void add() {
      if (series != null) {
        addToFewer(series, sum, PUBLISHED);
      }
    }
  }

  /** Adds minutes' rows to the rows of their hours. */
  void addRowsOfMinutes(RolledUpRows minutes) {
    minutes.rows.forEach((key, row) -> add(key.atHour(), row.sum, row.part));
  }

  /** Adds rows that were kept: grouping and part stand before the bucket. */
  void addKept(Connection connection, String copy) throws SQLException {
    CopiedRows.merge(
        connection,
        copy,
        layout,
        fields -> {
          int grouping = (int) fields.bigint();
          int part = (int) fields.bigint();
          return row(key(grouping, fields), part).sum;
        });
  }

  private AggregateKey key(int grouping, BinaryFields fields) {
    return CopiedRows.key(grouping, fields, dimensions.size());
  }

  private void addToFewer(AggregateKey series, MinuteAggregate sum, int part) {
    for (Grouping grouping : groupings) {
      if (grouping.whole()) {
        continue;
      }
      String[] kept = new String[dimensions.size()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = grouping.dimensions().contains(dimensions.get(i)) ? series.dimension(i) : null;
      }
      add(new AggregateKey(grouping.number(), series.minuteMillis(), kept), sum, part);
    }
  }

  private void add(AggregateKey key, MinuteAggregate sum, int part) {
    row(key, part).sum.merge(sum);
  }

  private void refuseMoreThan(int kept) {
    if (kept > most) {
      throw new TooManySeriesException();
    }
  }

  private Row row(AggregateKey key, int part) {
    refuseMoreThan(rows.size());
    Row row = rows.computeIfAbsent(key, absent -> new Row(MinuteAggregate.empty(layout)));
    row.part = Math.max(row.part, part);
    return row;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  int size() {
    return rows.size();
  }

  /** Whether there is such a row: with this key, of this part, with these sums. */
  boolean has(AggregateKey key, int part, MinuteAggregate sum) {
    Row row = rows.get(key);
    return row != null && row.part == part && row.sum.equals(sum);
  }

  boolean has(AggregateKey key) {
    return rows.containsKey(key);
  }

  /** The starts of all buckets, as literals with commas between. */
  String buckets() {
    return rows.keySet().stream()
        .map(AggregateKey::minuteMillis)
        .distinct()
        .sorted()
        .map(millis -> "'" + Instant.ofEpochMilli(millis) + "'")
        .collect(Collectors.joining(", "));
  }

  /** Writes all rows, in the order of the table's index. */
  void write(Connection connection, String copy) throws SQLException {
    CopyBinary bytes = new CopyBinary();
    CubeBinaryRow binary = new CubeBinaryRow(bytes);
    CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
    try {
      bytes.header();
      for (Map.Entry<AggregateKey, Row> entry : new TreeMap<>(rows).entrySet()) {
        AggregateKey key = entry.getKey();
        Row row = entry.getValue();
        binary.appendRolledUp((short) key.cube(), (short) row.part, key, row.sum, computed);
        if (bytes.size() >= PIECE_BYTES) {
          in.writeToCopy(bytes.bytes(), 0, bytes.size());
          bytes.clear();
        }
      }
      bytes.trailer();
      in.writeToCopy(bytes.bytes(), 0, bytes.size());
      in.endCopy();
    } finally {
      if (in.isActive()) {
        connection.abort(Runnable::run);
      }
    }
  }
}
