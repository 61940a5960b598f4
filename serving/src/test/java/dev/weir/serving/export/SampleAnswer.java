package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.Granularity;
import dev.weir.serving.cube.RowSink;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.CubeShape.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers made by hand, and the documents they become. */
final class SampleAnswer {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
  static final Instant TO = Instant.parse("2026-03-02T00:00:00Z");

  private SampleAnswer() {}

  static AnswerHead head(Granularity granularity, String status) {
    return new AnswerHead(
        "traffic",
        granularity,
        ZONE,
        FROM,
        TO,
        List.of("event_type", "country"),
        List.of(
            new Column("event_count", Kind.EVENTS, "event", 0, null),
            new Column("value_sum", Kind.SUM, "value", 3, null),
            new Column("value_p95", Kind.PERCENTILE, "value", 3, new BigDecimal("0.95")),
            new Column("user_id_distinct", Kind.DISTINCT, "user_id", 0, null)),
        status,
        7L,
        42,
        Instant.parse("2026-03-02T00:10:00Z"),
        12);
  }

  /** A question that compares nothing and has no top. */
  static CubeQuery query(Granularity granularity) {
    return new CubeQuery(
        null,
        null,
        granularity,
        ZONE,
        FROM,
        TO,
        List.of(),
        List.of(),
        null,
        CubeQuery.Fill.NONE,
        null,
        false,
        null,
        0);
  }

  static Row row(Instant bucket, String type, String country, long events, String sum) {
    return row(bucket, "reconciled", type, country, events, sum);
  }

  static Row row(
      Instant bucket, String status, String type, String country, long events, String sum) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    dimensions.put("event_type", type);
    dimensions.put("country", country);
    Map<String, Object> measures = new LinkedHashMap<>();
    measures.put("event_count", events);
    measures.put("value_sum", sum == null ? null : new BigDecimal(sum));
    measures.put("value_p95", sum == null ? null : new BigDecimal("0.145"));
    measures.put("user_id_distinct", 3L);
    return new Row(bucket, status, dimensions, measures, false, null);
  }

  static DocumentHead document(boolean report) {
    return new DocumentHead(
        "Traffic of the shop",
        "shop",
        ZONE,
        FROM,
        TO,
        Instant.parse("2026-03-02T06:00:00Z"),
        List.of(),
        report);
  }

  /** One table of rows as a document. */
  static byte[] written(ExportFormat format, AnswerHead head, Iterable<Row> rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Document document = format.open(document(false), out)) {
      RowSink table = document.table("traffic", query(head.granularity()));
      table.begin(head);
      for (Row row : rows) {
        table.row(row);
      }
      document.end();
    }
    return out.toByteArray();
  }
}
