package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.MinuteBucket;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Rows of a cube's tables go to PostgreSQL and come back equal. */
class CubeRowITCase {
  private static final Pipeline PIPELINE = SamplePipeline.web();

  @ParameterizedTest
  @CsvSource({"0, UTC", "1, UTC", "0, Pacific/Chatham", "1, Pacific/Chatham"})
  void speedAndBatchRowsComeBackEqual(int cube, String zone) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (TestDatabase database = TestDatabase.create(PIPELINE);
        Connection connection = database.connect()) {
      CubeTables tables = CubeTables.of(PIPELINE, PIPELINE.cubes().get(cube));
      RandomEvents events =
          new RandomEvents(PIPELINE, 42 + cube).keys(5).stepMillis(20_000).lateShare(0.2);
      Map<AggregateKey, MinuteAggregate> rows = RandomRows.of(PIPELINE, cube, events, 3000);
      for (CubeTable table : new CubeTable[] {CubeTable.SPEED, CubeTable.BATCH_MINUTE}) {
        StringBuilder copy = new StringBuilder();
        for (Map.Entry<AggregateKey, MinuteAggregate> row : rows.entrySet()) {
          ensureDay(connection, tables.table(table), row.getKey());
          CubeCopyRow.appendKey(copy, 7, row.getKey());
          CubeCopyRow.appendValues(copy, row.getKey(), row.getValue());
        }
        copyIn(connection, tables, table, copy);
        assertThat(readBack(connection, tables, table, cube)).isEqualTo(rows);
        assertThat(
                database.queryLong(
                    "SELECT count(*) FROM "
                        + tables.table(table)
                        + " WHERE event_hour <> date_trunc('hour', bucket, 'UTC')"))
            .isZero();
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void liveRowsComeBackEqual(int cube) throws Exception {
    try (TestDatabase database = TestDatabase.create(PIPELINE);
        Connection connection = database.connect()) {
      CubeTables tables = CubeTables.of(PIPELINE, PIPELINE.cubes().get(cube));
      Map<AggregateKey, MinuteAggregate> rows =
          RandomRows.of(PIPELINE, cube, new RandomEvents(PIPELINE, 3), 500);
      StringBuilder copy = new StringBuilder();
      UUID writer = new UUID(1, 2);
      rows.forEach(
          (key, aggregate) -> {
            CubeCopyRow.appendLiveKey(copy, writer, 5, 9, key);
            CubeCopyRow.appendValues(copy, key, aggregate);
          });
      copyIn(connection, tables, CubeTable.LIVE, copy);
      assertThat(readBack(connection, tables, CubeTable.LIVE, cube)).isEqualTo(rows);
    }
  }

  private static void ensureDay(Connection connection, String table, AggregateKey key)
      throws SQLException {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(key.minuteMillis()), ZoneOffset.UTC);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT weir.ensure_day('" + table + "'::regclass, '" + day + "')");
    }
  }

  private static void copyIn(
      Connection connection, CubeTables tables, CubeTable table, StringBuilder rows)
      throws SQLException, IOException {
    String sql = "COPY " + tables.table(table) + " (" + tables.columnList(table) + ") FROM STDIN";
    new CopyManager(connection.unwrap(BaseConnection.class))
        .copyIn(sql, new StringReader(rows.toString()));
  }

  private static Map<AggregateKey, MinuteAggregate> readBack(
      Connection connection, CubeTables tables, CubeTable table, int cube)
      throws SQLException, IOException {
    String sql =
        "COPY (SELECT extract(epoch FROM bucket)::bigint, "
            + tables.rowColumnList()
            + " FROM "
            + tables.table(table)
            + ") TO STDOUT";
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql, text);
    CubeRowParser parser = new CubeRowParser(tables, 1);
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    for (String line : text.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        CubeRow row = parser.parse(line);
        AggregateKey key = row.key(cube, row.leadingLong(0) * 1000);
        assertThat(key.minuteMillis() % MinuteBucket.MINUTE_MILLIS).isZero();
        assertThat(rows.put(key, row.aggregate())).isNull();
      }
    }
    return rows;
  }
}
