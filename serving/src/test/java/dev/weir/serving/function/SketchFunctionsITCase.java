package dev.weir.serving.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregate.GoldenSketches;
import dev.weir.aggregate.GoldenSketches.Vector;
import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.LogLinearBins;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SQL's half of the golden vectors, and random sketches merged and read by PostgreSQL and by Java:
 * the same digits.
 */
class SketchFunctionsITCase {

  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> FRACTIONS =
      List.of("0", "0.000001", "0.25", "0.5", "0.95", "0.99", "0.999999", "1");

  private static EmbeddedPostgres postgres;
  private static Connection connection;

  @BeforeAll
  static void applyFunctions() throws IOException, SQLException, URISyntaxException {
    postgres = EmbeddedPostgres.start();
    connection = postgres.getPostgresDatabase().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA weir");
      // Twice, because repeatable scripts are applied again whenever they change.
      for (int round = 0; round < 2; round++) {
        for (Path script : scripts()) {
          statement.execute(Files.readString(script, StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static List<Path> scripts() throws IOException, URISyntaxException {
    Path folder = Path.of(SketchFunctionsITCase.class.getResource("/db/function").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    connection.close();
    postgres.close();
  }

  @ParameterizedTest
  @MethodSource("dev.weir.aggregate.GoldenSketches#read")
  void sqlGivesTheGoldenAnswer(Vector vector) throws SQLException {
    assertThat(answer(vector)).isEqualTo(vector.answer());
  }

  private static String answer(Vector vector) throws SQLException {
    return switch (vector.question()) {
      case BIN_VALUE -> query("SELECT weir.bin_value(?::int)", vector.input());
      case PERCENTILE ->
          query(
              "SELECT coalesce(weir.percentile(?::weir.sketch, ?::numeric)::text, '')",
              row(vector.input()),
              vector.argument());
      case MERGE_BINS -> mergeBins(vector.inputs());
      case DISTINCT_COUNT -> query("SELECT weir.distinct_count(decode(?, 'hex'))", vector.input());
      case MERGE_DISTINCT -> mergeDistinct(vector.inputs());
    };
  }

  @Test
  void randomBinsMergeAndReadAsInJava() throws SQLException {
    SplittableRandom random = new SplittableRandom(31);
    for (int i = 0; i < 300; i++) {
      List<String> inputs = new ArrayList<>();
      LogLinearBins expected = new LogLinearBins();
      for (int sketch = random.nextInt(1, 12); sketch > 0; sketch--) {
        LogLinearBins one = new LogLinearBins();
        for (int value = random.nextInt(80); value > 0; value--) {
          one.add(random.nextLong() >> random.nextInt(Long.SIZE));
        }
        expected.merge(one);
        inputs.add(GoldenSketches.text(one));
      }
      String merged = mergeBins(inputs);
      assertThat(merged).as("case %s", i).isEqualTo(GoldenSketches.text(expected));
      for (String fraction : FRACTIONS) {
        OptionalLong percentile = expected.percentile(new BigDecimal(fraction));
        assertThat(
                query("SELECT weir.percentile(?::weir.sketch, ?::numeric)", row(merged), fraction))
            .as("case %s, fraction %s", i, fraction)
            .isEqualTo(percentile.isEmpty() ? null : Long.toString(percentile.getAsLong()));
      }
    }
  }

  @Test
  void everyBinHasJavasValue() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT bin, weir.bin_value(bin) FROM generate_series(-3712, 3711) AS bin ORDER BY bin")) {
      while (rows.next()) {
        assertThat(rows.getLong(2)).isEqualTo(LogLinearBins.representative(rows.getInt(1)));
      }
    }
  }

  @Test
  void randomCountersMergeAndCountAsInJava() throws SQLException {
    SplittableRandom random = new SplittableRandom(37);
    for (int i = 0; i < 150; i++) {
      List<String> inputs = new ArrayList<>();
      HyperLogLog expected = new HyperLogLog();
      for (int counter = random.nextInt(1, 8); counter > 0; counter--) {
        HyperLogLog one = new HyperLogLog();
        for (int element = random.nextInt(1 << random.nextInt(1, 16)); element > 0; element--) {
          one.addHash(random.nextLong());
        }
        expected.merge(one);
        inputs.add(HEX.formatHex(one.toBytes()));
      }
      String merged = mergeDistinct(inputs);
      assertThat(merged).as("case %s", i).isEqualTo(HEX.formatHex(expected.toBytes()));
      assertThat(query("SELECT weir.distinct_count(decode(?, 'hex'))", merged))
          .as("case %s", i)
          .isEqualTo(Long.toString(expected.estimate()));
    }
  }

  @Test
  void sparseCountersThatMergeToTheFirstDenseOneKeepTheirRanks() throws SQLException {
    for (int registers = 1022; registers <= 1026; registers++) {
      for (HyperLogLog third : List.of(new HyperLogLog(), ofRegisters(100, 1500))) {
        HyperLogLog first = ofRegisters(0, 600);
        HyperLogLog second = ofRegisters(500, registers);
        HyperLogLog expected = new HyperLogLog();
        List<String> inputs = new ArrayList<>();
        for (HyperLogLog one : List.of(first, second, third)) {
          expected.merge(one);
          inputs.add(HEX.formatHex(one.toBytes()));
        }
        assertThat(mergeDistinct(inputs))
            .as("%d registers", registers)
            .isEqualTo(HEX.formatHex(expected.toBytes()));
      }
    }
  }

  /** A counter whose registers from one to before another are taken. */
  private static HyperLogLog ofRegisters(int from, int end) {
    HyperLogLog counter = new HyperLogLog();
    for (long register = from; register < end; register++) {
      counter.addHash(register << 52 | 1L << (20 + register % 30));
    }
    return counter;
  }

  @Test
  void nothingMergesToNullAndNullsAreIgnored() throws SQLException {
    assertThat(
            query(
                "SELECT weir.merge(s)::text FROM (SELECT NULL::weir.sketch WHERE false) AS t (s)"))
        .isNull();
    assertThat(
            query("SELECT weir.merge(s)::text FROM (VALUES (NULL::weir.sketch), (NULL)) AS t (s)"))
        .isNull();
    assertThat(
            query(
                "SELECT weir.merge(s)::text FROM (VALUES (NULL), ('({1},{2})'::weir.sketch)) AS t (s)"))
        .isEqualTo("({1},{2})");
    assertThat(
            query(
                "SELECT weir.merge(s)::text FROM (VALUES (NULL), ('({},{})'::weir.sketch)) AS t (s)"))
        .isEqualTo("({},{})");
    assertThat(query("SELECT weir.merge(s)::text FROM (SELECT NULL::bytea WHERE false) AS t (s)"))
        .isNull();
    assertThat(query("SELECT weir.merge(s)::text FROM (VALUES (NULL::bytea), (NULL)) AS t (s)"))
        .isNull();
    assertThat(
            query("SELECT weir.merge(s)::text FROM (VALUES (NULL), ('\\x000102'::bytea)) AS t (s)"))
        .isEqualTo("\\x000102");
    assertThat(query("SELECT weir.distinct_count(NULL)")).isNull();
    assertThat(query("SELECT weir.percentile(NULL, 0.5)")).isNull();
  }

  @Test
  void damagedSketchesAndFractionsAreRefused() {
    assertRefused("SELECT weir.percentile('({1},{2})', 1.5)", "the fraction 1.5 is outside 0 to 1");
    assertRefused(
        "SELECT weir.percentile('(\"{1,2}\",{2})', 0.5)", "the sketch has 2 bins, but 1 counts");
    assertRefused(
        "SELECT weir.merge(s) FROM (VALUES ('(\"{1,2}\",{2})'::weir.sketch), ('({1},{2})')) AS t (s)",
        "bins without counts");
    assertRefused(
        "SELECT weir.merge(s) FROM (VALUES ('({1},{9223372036854775807})'::weir.sketch), ('({1},{2})')) AS t (s)",
        "bigint out of range");
    assertRefused(
        "SELECT weir.merge(s) FROM (VALUES ('\\x0102'::bytea), ('\\x000101')) AS t (s)",
        "cannot have 2 bytes");
  }

  private static void assertRefused(String sql, String message) {
    assertThatThrownBy(() -> query(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(message);
  }

  @Test
  void parallelWorkersGiveTheSameSketches() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE minutes AS
          SELECT ROW(ARRAY[i % 50, 50 + i % 70], ARRAY[i, 1])::weir.sketch AS sketch,
            decode(lpad(to_hex((i % 3000) * 256 + 1 + i % 7), 6, '0'), 'hex') AS users
          FROM generate_series(1, 20000) AS i
          """);
      String merged = "SELECT weir.merge(sketch)::text || weir.merge(users)::text FROM minutes";
      statement.execute("SET max_parallel_workers_per_gather = 0");
      String serial = query(merged);
      statement.execute("SET max_parallel_workers_per_gather = 2");
      statement.execute("SET parallel_setup_cost = 0");
      statement.execute("SET parallel_tuple_cost = 0");
      statement.execute("SET min_parallel_table_scan_size = 0");
      try (ResultSet plan = statement.executeQuery("EXPLAIN " + merged)) {
        List<String> lines = new ArrayList<>();
        while (plan.next()) {
          lines.add(plan.getString(1));
        }
        assertThat(lines).anyMatch(line -> line.contains("Partial Aggregate"));
      }
      assertThat(query(merged)).isEqualTo(serial);
      statement.execute("RESET ALL");
      statement.execute("DROP TABLE minutes");
    }
  }

  private static String mergeBins(List<String> inputs) throws SQLException {
    String[] rows = inputs.stream().map(SketchFunctionsITCase::row).toArray(String[]::new);
    String merged =
        query("SELECT weir.merge(s::weir.sketch)::text FROM unnest(?) AS s", (Object) rows);
    return merged.equals("({},{})") ? "" : text(merged);
  }

  private static String mergeDistinct(List<String> inputs) throws SQLException {
    return query(
        "SELECT encode(weir.merge(decode(s, 'hex')), 'hex') FROM unnest(?) AS s",
        (Object) inputs.toArray(String[]::new));
  }

  /** The text PostgreSQL reads as a sketch. */
  private static String row(String bins) {
    LogLinearBins parsed = GoldenSketches.bins(bins);
    return "(\"" + array(parsed.bins()) + "\",\"" + array(parsed.counts()) + "\")";
  }

  private static String array(Object array) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(Array.get(array, i).toString());
    }
    return "{" + String.join(",", elements) + "}";
  }

  /** The text of a sketch that PostgreSQL wrote. */
  private static String text(String row) {
    String[] arrays = row.replaceAll("[()\"{]", "").split("}", -1);
    String[] bins = arrays[0].split(",", -1);
    String[] counts = arrays[1].substring(1).split(",", -1);
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < bins.length; i++) {
      entries.add(bins[i] + ":" + counts[i]);
    }
    return String.join(",", entries);
  }

  private static String query(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof String[] texts) {
          statement.setArray(i + 1, connection.createArrayOf("text", texts));
        } else {
          statement.setString(i + 1, (String) parameters[i]);
        }
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
