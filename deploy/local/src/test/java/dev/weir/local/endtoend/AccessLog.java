package dev.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The real access log and its published answers. */
final class AccessLog {

  static final long PARSED = 9_999;

  /** Standard error of the distinct count, in per cent, times three. */
  private static final double DISTINCT_TOLERANCE = 3 * 1.63;

  private AccessLog() {}

  static void copyTo(Path file) throws IOException {
    try (InputStream in =
        AccessLog.class.getResourceAsStream("/elastic-apache-logs/apache_logs.gz")) {
      Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
      Files.copy(in, partial);
      Files.move(partial, file);
    }
  }

  /** Compares what is served of one source with the answers. */
  static void assertServed(Connection connection, String origin) throws SQLException, IOException {
    JsonNode expected;
    try (InputStream in =
        AccessLog.class.getResourceAsStream("/elastic-apache-logs/expected.json")) {
      expected = new ObjectMapper().readTree(in);
    }
    assertThat(
            pairs(
                connection,
                "SELECT to_char(bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), sum(event_count)"
                    + " FROM serving.traffic_hour WHERE origin = ? GROUP BY 1",
                origin))
        .isEqualTo(longs(expected.get("count_by_hour")));
    assertThat(
            pairs(
                connection,
                "SELECT to_char(bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD'), sum(event_count)"
                    + " FROM serving.traffic_day WHERE origin = ? GROUP BY 1",
                origin))
        .isEqualTo(longs(expected.get("count_by_day")));
    assertThat(
            pairs(
                connection,
                "SELECT http_status, sum(event_count) FROM serving.traffic_minute WHERE origin = ? GROUP BY 1",
                origin))
        .isEqualTo(longs(expected.get("count_by_status")));
    assertThat(
            pairs(
                connection,
                "SELECT http_status, sum(value_sum) FROM serving.traffic_minute WHERE origin = ? GROUP BY 1",
                origin))
        .isEqualTo(longs(expected.get("sum_bytes_by_status")));
    long clients = expected.get("distinct").get("client_ip").asLong();
    long estimate =
        pairs(
                connection,
                "SELECT 'clients', weir.distinct_count(weir.merge(user_id_hll))"
                    + " FROM serving.traffic_minute WHERE origin = ?",
                origin)
            .get("clients");
    assertThat(100.0 * Math.abs(estimate - clients) / clients).isLessThan(DISTINCT_TOLERANCE);
    assertThat(
            pairs(
                connection,
                "SELECT reason, count(*) FROM weir.dead_letter_sample WHERE source = ? GROUP BY 1",
                origin))
        .isEqualTo(Map.of("MALFORMED_ACCESS_LOG", 1L));
  }

  private static Map<String, Long> longs(JsonNode object) {
    Map<String, Long> values = new TreeMap<>();
    object.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asLong()));
    return values;
  }

  private static Map<String, Long> pairs(Connection connection, String query, String origin)
      throws SQLException {
    Map<String, Long> values = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, origin);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        values.put(row.getString(1), row.getBigDecimal(2).longValueExact());
      }
    }
    return values;
  }
}
