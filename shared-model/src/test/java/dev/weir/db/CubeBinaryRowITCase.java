package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.LogLinearBins;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** PostgreSQL stores the same row whether it is written in binary or as text. */
class CubeBinaryRowITCase {
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final UUID WRITER = new UUID(-1, 2);
  private static final String[] TEXTS = {
    null,
    "",
    "plain",
    "tab\there",
    "a\\b\\N\\.",
    "\\N",
    "two\nlines\r\n",
    "{\"quoted\",'}",
    "Grüße, 日本語",
    "\uD83D\uDE80 beyond 16 bits",
    "half a pair \uD83D",
    "\u0001\u007f\u0080\u07ff\uffff",
    " ",
    "x".repeat(3000),
  };

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void ordinaryRows(int cube) throws SQLException {
    RandomEvents events =
        new RandomEvents(PIPELINE, 17 + cube).keys(7).stepMillis(20_000).lateShare(0.2);
    check(cube, RandomRows.of(PIPELINE, cube, events, 3000));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void extremeRows(int cube) throws SQLException {
    SplittableRandom random = new SplittableRandom(5 + cube);
    MeasureLayout layout = PIPELINE.cubes().get(cube).layout();
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    for (int row = 0; row < 300; row++) {
      String[] dimensions = new String[PIPELINE.cubes().get(cube).dimensions().size()];
      for (int i = 0; i < dimensions.length; i++) {
        dimensions[i] = TEXTS[row < TEXTS.length ? row : random.nextInt(TEXTS.length)];
      }
      rows.put(new AggregateKey(cube, minute(row), dimensions), aggregate(layout, row, random));
    }
    check(cube, rows);
  }

  /** Before and after PostgreSQL's first and the Unix epoch, and far ahead. */
  private static long minute(int row) {
    long[] first = {0, -60_000, 946_684_740_000L, 946_684_800_000L, 1_790_000_040_000L};
    return row == 0 ? 253_402_300_740_000L : first[row % first.length] + 60_000L * row;
  }

  private static MinuteAggregate aggregate(MeasureLayout layout, int row, SplittableRandom random) {
    List<NumberAggregate> numbers = new ArrayList<>();
    for (MeasureLayout.NumberMeasure measure : layout.numbers()) {
      numbers.add(row % 5 == 0 ? none(measure) : some(measure, random));
    }
    List<HyperLogLog> distincts = new ArrayList<>();
    for (int i = 0; i < layout.distinctIdentifiers().size(); i++) {
      HyperLogLog distinct = new HyperLogLog();
      for (int elements = row % 3 == 0 ? 0 : 1 << random.nextInt(14); elements > 0; elements--) {
        distinct.addHash(random.nextLong());
      }
      distincts.add(distinct);
    }
    return MinuteAggregate.of(layout, Long.MAX_VALUE, numbers, distincts);
  }

  private static NumberAggregate none(MeasureLayout.NumberMeasure measure) {
    int[] bins = measure.percentiles() ? new int[0] : null;
    long[] counts = measure.percentiles() ? new long[0] : null;
    return NumberAggregate.of(0, BigInteger.ZERO, 0, 0, bins, counts);
  }

  /** Values of one size, often at the limits of what a count and a sum can be. */
  private static NumberAggregate some(
      MeasureLayout.NumberMeasure measure, SplittableRandom random) {
    int shift = random.nextInt(64);
    int values = 1 + random.nextInt(200);
    LogLinearBins sketch = new LogLinearBins();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < values; i++) {
      long value = random.nextInt(20) == 0 ? Long.MIN_VALUE >> shift : random.nextLong() >> shift;
      sketch.add(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum = sum.add(BigInteger.valueOf(value));
    }
    long times = random.nextBoolean() ? 1 : Long.MAX_VALUE / values;
    int[] bins = sketch.bins();
    long[] counts = sketch.counts();
    for (int i = 0; i < counts.length; i++) {
      counts[i] *= times;
    }
    return NumberAggregate.of(
        values * times,
        sum.multiply(BigInteger.valueOf(times)),
        min,
        max,
        measure.percentiles() ? bins : null,
        measure.percentiles() ? counts : null);
  }

  private static void check(int cube, Map<AggregateKey, MinuteAggregate> rows) throws SQLException {
    try (TestDatabase database = TestDatabase.create(PIPELINE);
        Connection connection = database.connect()) {
      CubeTables tables = CubeTables.of(PIPELINE, PIPELINE.cubes().get(cube));
      for (CubeTable table : CubeTable.values()) {
        execute(connection, like("as_text", tables, table), like("as_binary", tables, table));
        StringBuilder text = new StringBuilder();
        CopyBinary binary = new CopyBinary().header();
        CubeBinaryRow row = new CubeBinaryRow(binary);
        rows.forEach(
            (key, aggregate) -> {
              if (table == CubeTable.LIVE) {
                CubeCopyRow.appendLiveKey(text, WRITER, Long.MAX_VALUE, Long.MIN_VALUE, key);
              } else {
                CubeCopyRow.appendKey(text, Long.MAX_VALUE - 1, key);
              }
              switch (table) {
                case LIVE -> row.appendLive(WRITER, Long.MAX_VALUE, Long.MIN_VALUE, key, aggregate);
                case SPEED -> row.append(Long.MAX_VALUE - 1, key, aggregate);
                case BATCH_MINUTE, BATCH_HOUR ->
                    row.appendPublished(Long.MAX_VALUE - 1, key, aggregate, tables.computed(table));
              }
              CubeCopyRow.appendValues(text, key, aggregate, tables.computed(table));
            });
        binary.trailer();
        byte[] lines = text.toString().getBytes(StandardCharsets.UTF_8);
        copy(connection, "as_text", tables, table, "text", lines, lines.length);
        copy(connection, "as_binary", tables, table, "binary", binary.bytes(), binary.size());
        List<String> stored = stored(connection, "as_binary");
        List<String> asText = stored(connection, "as_text");
        assertThat(stored).hasSameSizeAs(asText).hasSize(rows.size());
        for (int i = 0; i < asText.size(); i++) {
          assertThat(stored.get(i)).isEqualTo(asText.get(i));
        }
      }
    }
  }

  /** Without the table's partitions. */
  private static String like(String name, CubeTables tables, CubeTable table) {
    return "DROP TABLE IF EXISTS %1$s; CREATE TEMPORARY TABLE %1$s (LIKE %2$s)"
        .formatted(name, tables.table(table));
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void copy(
      Connection connection,
      String into,
      CubeTables tables,
      CubeTable table,
      String format,
      byte[] bytes,
      int size)
      throws SQLException {
    String columns = tables.columnList(table) + tables.computed(table).listed();
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY %s (%s) FROM STDIN (FORMAT %s)".formatted(into, columns, format));
    copy.writeToCopy(bytes, 0, size);
    copy.endCopy();
  }

  private static List<String> stored(Connection connection, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT t::text FROM " + table + " AS t ORDER BY 1")) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }
}
