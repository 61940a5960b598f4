package dev.weir.batch;

import static dev.weir.batch.DamageFixture.EIGHT;
import static dev.weir.batch.DamageFixture.NINE;
import static dev.weir.batch.DamageFixture.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the cubes altered by hand: found, named, recomputed from the archive. */
class RowDamageITCase {
  private static final String ONE_OF_NINE =
      " WHERE ctid = (SELECT min(ctid) FROM %1$s WHERE event_hour = '2026-03-01T09:00Z')"
          + " AND event_hour = '2026-03-01T09:00Z'";

  @TempDir Path archive;
  private DamageFixture fixture;

  /** What is done to a table by hand, and what is said of it. */
  enum Hand {
    ALTERED(
        "UPDATE %1$s SET event_count = event_count + 1" + ONE_OF_NINE,
        " were altered: there are ",
        ", but not those that were noted"),
    DELETED("DELETE FROM %1$s" + ONE_OF_NINE, " are not all that were noted: there are ", ""),
    COPIED(
        "INSERT INTO %1$s SELECT * FROM %1$s" + ONE_OF_NINE,
        " are not all that were noted: there are ",
        ""),
    MOVED(
        "UPDATE %1$s SET event_hour = '2026-03-01T07:00Z'" + ONE_OF_NINE,
        " are not all that were noted: there are ",
        ""),
    ALL_DELETED(
        "DELETE FROM %1$s WHERE event_hour = '2026-03-01T09:00Z'",
        " are not all that were noted: there are 0", "");

    private final String sql;

    /** One finding a line. */
    private final String said;

    Hand(String sql, String... said) {
      this.sql = sql;
      this.said = String.join("\n", said);
    }

    void on(DamageFixture fixture, String table) {
      fixture.runs.database.execute(sql.formatted(table));
    }
  }

  @BeforeEach
  void start() throws Exception {
    fixture = new DamageFixture(archive, 6);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void speedTable(Hand hand) throws Exception {
    assertMended(hand, CubeTable.SPEED, "rows of commit ");
  }

  @ParameterizedTest
  @EnumSource
  void minuteTable(Hand hand) throws Exception {
    assertMended(hand, CubeTable.BATCH_MINUTE, "rows of version 1");
  }

  @ParameterizedTest
  @EnumSource
  void hourTable(Hand hand) throws Exception {
    assertMended(hand, CubeTable.BATCH_HOUR, "rows of version 1");
  }

  /** What is served of published rows in place of their sketches. */
  @ParameterizedTest
  @EnumSource(names = {"BATCH_MINUTE", "BATCH_HOUR"})
  void computedColumns(CubeTable table) throws Exception {
    String name = fixture.traffic().table(table);
    fixture.runs.database.execute(
        ("UPDATE %1$s SET value_p95 = coalesce(value_p95, 0) + 1" + ONE_OF_NINE).formatted(name));

    fixture.assertFound(
        "rows-unaltered: event hour 2026-03-01T09:00:00Z: " + name + " rows of version 1");
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  /** Another percentile was declared, and the database not migrated since. */
  @Test
  void aTableWithoutAComputedColumnIsWrittenAllTheSame() throws Exception {
    for (CubeTable table : List.of(CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR)) {
      fixture.runs.database.execute(
          "ALTER TABLE " + fixture.traffic().table(table) + " DROP COLUMN value_p95");
    }
    // What was noted is of the column that is gone.
    assertThat(fixture.runs.repair().succeeded()).isTrue();

    assertThat(fixture.runs.verify().text()).contains("Nothing of the layers is damaged.");
    assertThat(
            fixture.runs.database.queryLong(
                "SELECT count(value_p50) FROM " + fixture.traffic().batchMinuteTable()))
        .isPositive();
  }

  private void assertMended(Hand hand, CubeTable table, String tag) throws Exception {
    String name = fixture.traffic().table(table);
    hand.on(fixture, name);
    Map<String, String> eight = fixture.rowsOf(EIGHT);
    Map<String, String> ten = fixture.rowsOf(TEN);

    String place = "rows-unaltered: event hour 2026-03-01T09:00:00Z: " + name + " " + tag;
    fixture.assertFound((place + "\n" + hand.said).split("\n", -1));
    String repaired = fixture.assertRepaired();

    assertThat(repaired)
        .contains(place)
        .contains("event hour 2026-03-01T09:00:00Z was recomputed: its archive is whole");
    assertThat(fixture.rowsOf(EIGHT)).isEqualTo(eight);
    assertThat(fixture.rowsOf(TEN)).isEqualTo(ten);
    assertThat(
            fixture.runs.database.query(
                "SELECT count(*) || ' ' || min(absorbed_through) FROM weir.coverage_history"
                    + " WHERE cube = 'traffic' AND event_hour = '"
                    + NINE
                    + "'"))
        .isEqualTo("1 3");
    fixture.assertGoesOn();
  }

  /**
   * As Weir noted them until its 13th migration, when nothing was computed beside sketches; here of
   * one hour, beside those of others.
   */
  @Test
  void digestsOfTextsAreComparedAsTheyWereMade() throws Exception {
    noteTexts(CubeTable.SPEED, "commit");
    noteTexts(CubeTable.BATCH_MINUTE, "version");
    noteTexts(CubeTable.BATCH_HOUR, "version");
    assertThat(
            fixture.runs.database.queryLong(
                "SELECT count(DISTINCT layer) FROM weir.row_digest WHERE of_text"))
        .isEqualTo(3);
    assertThat(fixture.runs.verify().text()).contains("Nothing of the layers is damaged.");

    String table = fixture.traffic().batchMinuteTable();
    Hand.ALTERED.on(fixture, table);

    fixture.assertFound("event hour 2026-03-01T09:00:00Z: " + table + " rows of version 1");
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  private void noteTexts(CubeTable table, String tag) {
    CubeTables tables = fixture.traffic();
    String nulls =
        tables.computed(table).names().stream()
            .map(name -> name + " = NULL")
            .collect(Collectors.joining(", "));
    if (!nulls.isEmpty()) {
      fixture.runs.database.execute(
          "UPDATE %s SET %s WHERE event_hour = '2026-03-01T09:00Z'"
              .formatted(tables.table(table), nulls));
    }
    fixture.runs.database.execute(
        ("SET timezone = 'UTC'; UPDATE weir.row_digest AS d SET of_text = true, hash ="
                + " (SELECT bit_xor(hashtextextended(ROW(%s)::text, 0)) FROM %s AS t"
                + " WHERE t.event_hour = d.event_hour AND t.%s = d.tag)"
                + " WHERE d.cube = 'traffic' AND d.layer = '%s' AND d.event_hour = '2026-03-01T09:00Z'")
            .formatted(tables.columnList(table), tables.table(table), tag, table.layer()));
  }

  @Test
  void rowsOfAnHourWithoutEvents() throws Exception {
    String table = fixture.traffic().speedTable();
    Hand.MOVED.on(fixture, table);

    fixture.assertFound("event hour 2026-03-01T07:00:00Z: " + table + " rows of commit ");
    String repaired = fixture.assertRepaired();

    assertThat(repaired)
        .contains("event hour 2026-03-01T07:00:00Z: rows that are not served were removed");
    fixture.assertGoesOn();
  }

  @Test
  void rowsThatVanishedWithTheirDigests() throws Exception {
    String table = fixture.traffic().batchMinuteTable();
    Hand.ALL_DELETED.on(fixture, table);
    fixture.runs.database.execute(
        "DELETE FROM weir.row_digest WHERE event_hour = '2026-03-01T09:00Z' AND layer = 'minute'");

    fixture.assertFound(table + " rows of version 1 are missing, and so is what was noted of them");
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  @Test
  void alteredRowsOfAnHourWhoseArchiveIsGoneCannotBeRepaired() throws Exception {
    Files.delete(fixture.file("hours/event_date=2026-03-01/event_hour=08/v1-0.parquet"));
    Files.delete(fixture.file(fixture.arrivals(1)));
    fixture.runs.database.execute("DELETE FROM " + fixture.traffic().speedTable());
    fixture.runs.database.execute("DELETE FROM weir.row_digest WHERE layer = 'speed'");
    String minutes = fixture.traffic().batchMinuteTable();
    fixture.runs.database.execute(
        "UPDATE " + minutes + " SET event_count = 7 WHERE event_hour = '2026-03-01T08:00Z'");
    Map<String, String> before = fixture.rowsOf(EIGHT);

    Answer repaired = fixture.runs.repair();

    assertThat(repaired.succeeded()).isFalse();
    assertThat(repaired.text())
        .contains("event hour 2026-03-01T08:00:00Z cannot be repaired: its archive is not whole")
        .contains(" could not be repaired:\n! ")
        .contains("event hour 2026-03-01T08:00:00Z: " + minutes + " rows of version 1");
    assertThat(fixture.rowsOf(EIGHT)).isEqualTo(before);
    assertThat(fixture.runs.repair().succeeded()).isFalse();
  }

  @Test
  void oneHourIsMendedAndWhatIsLeftOfAnotherIsSaid() throws Exception {
    Files.delete(fixture.file("hours/event_date=2026-03-01/event_hour=08/v1-0.parquet"));
    Files.delete(fixture.file(fixture.arrivals(1)));
    String minutes = fixture.traffic().batchMinuteTable();
    fixture.runs.database.execute(
        "DELETE FROM "
            + fixture.traffic().speedTable()
            + " WHERE commit = 1 AND event_hour = '2026-03-01T08:00Z'");
    fixture.runs.database.execute(
        "DELETE FROM weir.row_digest WHERE layer = 'speed' AND cube = 'traffic' AND tag = 1"
            + " AND event_hour = '2026-03-01T08:00Z'");
    fixture.runs.database.execute(
        "UPDATE "
            + minutes
            + " SET event_count = 7 WHERE event_hour IN ('2026-03-01T08:00Z', '2026-03-01T09:00Z')");

    Answer repaired = fixture.runs.repair();

    assertThat(repaired.succeeded()).isFalse();
    assertThat(repaired.text())
        .contains("event hour 2026-03-01T08:00:00Z cannot be repaired: its archive is not whole")
        .contains("event hour 2026-03-01T09:00:00Z was recomputed: its archive is whole");
    assertThat(
            fixture.runs.database.query(
                "SELECT concat_ws(' ', kind, state, hours, message) FROM weir.batch_run"
                    + " ORDER BY version DESC LIMIT 1"))
        .as(repaired.text())
        .matches("repair published 1 \\d+ damages could not be repaired");
    // What was found and does not agree now: found wrong, and not found right afterwards.
    assertThat(
            fixture.runs.database.query(
                "SELECT string_agg(DISTINCT to_char(event_hour AT TIME ZONE 'UTC', 'HH24'), ' ')"
                    + " FROM weir.reconciliation f WHERE NOT agrees AND check_name = 'rows-unaltered' AND"
                    + " version = (SELECT max(version) FROM weir.batch_run) AND NOT EXISTS (SELECT FROM weir.reconciliation a WHERE"
                    + " a.version = f.version AND a.agrees AND a.checked_at >= f.checked_at AND"
                    + " a.check_name = f.check_name AND a.subject = f.subject"
                    + " AND a.event_hour IS NOT DISTINCT FROM f.event_hour)"))
        .isEqualTo("08");
    assertThat(
            fixture.runs.database.queryLong(
                "SELECT count(*) FROM weir.reconciliation WHERE NOT agrees AND event_hour ="
                    + " '2026-03-01T09:00Z' AND version = (SELECT max(version) FROM weir.batch_run)"))
        .isPositive();
    // Of an hour that is lost nothing is let go of: a person may still get something out of it.
    assertThat(repaired.text()).doesNotContain("is no longer needed");
  }

  @Test
  void anAlteredVersionIsSteppedBackOverWhereTheArchiveIsGone() throws Exception {
    assertThat(fixture.runs.run().problems()).isEmpty();
    String minutes = fixture.traffic().batchMinuteTable();
    fixture.runs.database.execute(
        "UPDATE "
            + minutes
            + " SET event_count = 7 WHERE event_hour = '2026-03-01T10:00Z' AND version ="
            + " (SELECT max(version) FROM weir.coverage_history)");
    String compacted =
        fixture.runs.database.query(
            "SELECT path FROM weir.archive_file JOIN weir.compacted_hour USING (version)"
                + " WHERE event_hour = '2026-03-01T10:00Z' AND path LIKE '%event_hour=10%'");
    Files.delete(fixture.file(compacted));
    Files.delete(fixture.file(fixture.arrivals(2)));

    fixture.assertFound("event hour 2026-03-01T10:00:00Z: " + minutes);
    String repaired = fixture.assertRepaired();

    assertThat(repaired).contains("event hour 2026-03-01T10:00:00Z was sealed");
    fixture.assertGoesOn();
  }
}
