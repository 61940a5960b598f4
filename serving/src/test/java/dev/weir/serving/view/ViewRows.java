package dev.weir.serving.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.LogLinearBins;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows of a merged view of the sample cube as texts, read from SQL and derived from aggregates: to
 * be compared.
 */
final class ViewRows {
  /** Decimal places of the sample's value. */
  private static final int SCALE = 4;

  private ViewRows() {}

  /** What a view with all dimensions shows. */
  static Map<String, String> shown(ServedLog log, String view) throws SQLException {
    return shown(log, view, log.tables().dimensionColumns());
  }

  /** What a view with these dimensions shows. */
  static Map<String, String> shown(ServedLog log, String view, List<String> dimensions)
      throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    String sql =
        "SELECT bucket, event_count, value_count, value_sum, value_min, value_max,"
            + " value_avg, value_p50, value_p95, value_p99, user_id_distinct, (value_sketch).bins, (value_sketch).counts,"
            + " encode(coalesce(user_id_hll, ''), 'hex')"
            + dimensions.stream().map(name -> ", " + name).collect(Collectors.joining())
            + " FROM "
            + view;
    try (Connection connection = log.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        StringBuilder key =
            new StringBuilder().append(row.getObject(1, OffsetDateTime.class).toInstant());
        for (String dimension : dimensions) {
          key.append('|').append(text(row.getString(dimension)));
        }
        StringBuilder values = new StringBuilder();
        for (int i = 2; i <= 14; i++) {
          values.append(row.getString(i)).append(' ');
        }
        if (rows.put(key.toString(), values.toString()) != null) {
          throw new AssertionError(view + " has two rows of " + key);
        }
      }
    }
    return rows;
  }

  /** What it should show. */
  static Map<String, String> expected(Map<AggregateKey, MinuteAggregate> aggregates) {
    Map<String, String> rows = new TreeMap<>();
    aggregates.forEach(
        (key, aggregate) -> {
          StringBuilder name = new StringBuilder().append(Instant.ofEpochMilli(key.minuteMillis()));
          key.dimensions().forEach(dimension -> name.append('|').append(text(dimension)));
          rows.put(name.toString(), values(aggregate));
        });
    return rows;
  }

  /** A dimension may hold the text null. */
  private static String text(String dimension) {
    return dimension == null ? "∅" : "'" + dimension + "'";
  }

  /** Fails with the first few rows that differ. */
  static void assertEqual(String view, Map<String, String> shown, Map<String, String> expected) {
    Map<String, String> differing = new TreeMap<>();
    expected.forEach(
        (key, values) -> {
          if (!values.equals(shown.get(key)) && differing.size() < 3) {
            differing.put(key, "\n  expected " + values + "\n  shown    " + shown.get(key));
          }
        });
    assertThat(differing).as(view).isEmpty();
    assertThat(shown.keySet()).as(view).isEqualTo(expected.keySet());
  }

  private static String values(MinuteAggregate aggregate) {
    NumberAggregate value = aggregate.number(0);
    boolean any = value.count() > 0;
    BigDecimal sum = any ? new BigDecimal(value.sum(), SCALE) : null;
    StringBuilder text = new StringBuilder();
    text.append(aggregate.count())
        .append(' ')
        .append(value.count())
        .append(' ')
        .append(sum)
        .append(' ');
    text.append(any ? BigDecimal.valueOf(value.min(), SCALE) : null).append(' ');
    text.append(any ? BigDecimal.valueOf(value.max(), SCALE) : null).append(' ');
    text.append(
            any
                ? sum.divide(BigDecimal.valueOf(value.count()), 2 * SCALE, RoundingMode.HALF_UP)
                    .toPlainString()
                : null)
        .append(' ');
    LogLinearBins bins = value.bins();
    for (String fraction : new String[] {"0.5", "0.95", "0.99"}) {
      var percentile = bins.percentile(new BigDecimal(fraction));
      text.append(percentile.isPresent() ? BigDecimal.valueOf(percentile.getAsLong(), SCALE) : null)
          .append(' ');
    }
    text.append(aggregate.distinct(0).estimate()).append(' ');
    text.append(any ? array(Arrays.toString(bins.bins())) : null).append(' ');
    text.append(any ? array(Arrays.toString(bins.counts())) : null).append(' ');
    return text.append(HexFormat.of().formatHex(aggregate.distinct(0).toBytes()))
        .append(' ')
        .toString();
  }

  private static String array(String javaText) {
    return javaText.replace('[', '{').replace(']', '}').replace(" ", "");
  }
}
