package dev.weir.serving.rollup;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.BinaryFields;
import dev.weir.db.CubeTables;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;

/** Compares rows that a roll-up table has with the sums that it should have. */
final class StoredRows {
  private static final SqlTemplate STORED = SqlTemplate.load("db/rollup/stored.sql");

  private final CubeTables tables;
  private final Connection connection;
  private final ComputedColumns computed;
  private long compared;
  private long altered;
  private long missing;
  private long added;

  /** Why rows cannot be read; null if all were. */
  private String unreadable;

  /** A row; its sums are read after everything else. */
  private record Row(AggregateKey key, int part, List<String> computed, MinuteAggregate sum) {}

  /**
   * Nothing compared yet.
   *
   * @param connection in a transaction that sees one snapshot
   */
  StoredRows(CubeTables tables, Connection connection) {
    this.tables = tables;
    this.connection = connection;
    this.computed = new ComputedColumns(tables.cube());
  }

  /**
   * Compares a part of an event hour, or a day.
   *
   * @param sums all that the table should have there
   * @param hour the rows' event hour
   */
  void compare(RolledUpRows sums, String table, Instant hour, Instant from, Instant to)
      throws SQLException {
    Set<AggregateKey> found = new HashSet<>();
    try {
      for (Row row : read(table, hour, from, to)) {
        if (!sums.has(row.key()) || !found.add(row.key())) {
          added++;
        } else if (!sums.has(row.key(), row.part(), row.sum()) || !agrees(row)) {
          altered++;
        }
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      unreadable = e.getMessage();
      return;
    }
    compared += sums.size();
    missing += sums.size() - found.size();
  }

  private List<Row> read(String table, Instant hour, Instant from, Instant to) throws SQLException {
    String copy =
        STORED.fill(
            Map.of(
                "columns", tables.rowColumnList(),
                "rollup_table", table,
                "hour", SqlNames.literal(hour),
                "from", SqlNames.literal(from),
                "to", SqlNames.literal(to)),
            Map.of(
                "computed",
                computed.names().stream()
                    .map(name -> Map.of("column", SqlNames.quote(name)))
                    .toList()));
    List<Row> rows = new ArrayList<>();
    CopiedRows.merge(
        connection,
        copy,
        tables.cube().layout(),
        fields -> {
          rows.add(next(fields));
          return rows.get(rows.size() - 1).sum();
        });
    return rows;
  }

  private Row next(BinaryFields fields) {
    int grouping = (int) fields.bigint();
    int part = (int) fields.bigint();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < computed.number(); i++) {
      values.add(fields.text());
    }
    return new Row(
        CopiedRows.key(grouping, fields, tables.cube().dimensionNames().size()),
        part,
        values,
        MinuteAggregate.empty(tables.cube().layout()));
  }

  /** Whether the numbers beside the sketches are of them; one may be absent. */
  private boolean agrees(Row row) {
    List<OptionalLong> expected = computed.values(row.sum());
    for (int i = 0; i < expected.size(); i++) {
      String stored = row.computed().get(i);
      OptionalLong value = expected.get(i);
      if (stored != null && !(value.isPresent() && stored.equals("" + value.getAsLong()))) {
        return false;
      }
    }
    return true;
  }

  /** How many sums were looked for. */
  long compared() {
    return compared;
  }

  /** Whether exactly these rows were there. */
  boolean agree() {
    return altered + missing + added == 0 && unreadable == null;
  }

  /** What is wrong with them. */
  String detail() {
    if (unreadable != null) {
      return "rows cannot be read: " + unreadable;
    }
    StringJoiner parts = new StringJoiner(", ");
    say(parts, altered, "altered");
    say(parts, missing, "missing");
    say(parts, added, "added");
    return parts + "; " + compared + " should be there";
  }

  private static void say(StringJoiner parts, long number, String what) {
    if (number > 0) {
      parts.add(number + (number == 1 ? " row is " : " rows are ") + what);
    }
  }
}
