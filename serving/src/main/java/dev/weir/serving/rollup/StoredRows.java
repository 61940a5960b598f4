package dev.weir.serving.rollup;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.BinaryFields;
import dev.weir.db.ComputedColumns;
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

  /**
   * Nothing compared yet.
   *
   * @param connection in a transaction that sees one snapshot
   */
  StoredRows(CubeTables tables, Connection connection) {
    this.tables = tables;
    this.connection = connection;
    this.computed = ComputedColumns.of(tables.cube());
  }

  /**
   * Compares a part of an event hour, or a day.
   *
   * @param sums all that the table should have there
   * @param hour the rows' event hour
   */
  void compare(RolledUpRows sums, String table, Instant hour, Instant from, Instant to)
      throws SQLException {
    Rows rows = new Rows(sums);
    try {
      CopiedRows.merge(connection, copy(table, hour, from, to), tables.cube().layout(), rows::next);
    } catch (IllegalArgumentException | ArithmeticException e) {
      unreadable = e.getMessage();
      return;
    }
    rows.look();
    compared += sums.size();
    missing += sums.size() - rows.found.size();
  }

  private String copy(String table, Instant hour, Instant from, Instant to) {
    return STORED.fill(
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
  }

  /** One row after the other, in the same memory: looked at when the next begins. */
  private final class Rows {
    private final RolledUpRows sums;
    private final Set<AggregateKey> found = new HashSet<>();
    private final MinuteAggregate sum = MinuteAggregate.empty(tables.cube().layout());
    private final List<String> values = new ArrayList<>();
    private AggregateKey key;
    private int part;

    Rows(RolledUpRows sums) {
      this.sums = sums;
    }

    MinuteAggregate next(BinaryFields fields) {
      look();
      sum.clear();
      values.clear();
      int grouping = (int) fields.bigint();
      part = (int) fields.bigint();
      for (int i = 0; i < computed.number(); i++) {
        values.add(fields.text());
      }
      key = CopiedRows.key(grouping, fields, tables.cube().dimensionNames().size());
      return sum;
    }

    /** At the row that was read last, if there is one. */
    void look() {
      if (key == null) {
        return;
      }
      if (!sums.has(key) || !found.add(key)) {
        added++;
      } else if (!sums.has(key, part, sum) || !agree(computed.values(sum), values)) {
        altered++;
      }
    }
  }

  /** Whether the numbers beside the sketches are of them; one may be absent. */
  private static boolean agree(List<OptionalLong> expected, List<String> stored) {
    for (int i = 0; i < expected.size(); i++) {
      OptionalLong value = expected.get(i);
      String number = stored.get(i);
      if (number != null
          && !(value.isPresent() && number.equals(Long.toString(value.getAsLong())))) {
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
