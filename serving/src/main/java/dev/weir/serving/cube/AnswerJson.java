package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.sql.CubeShape.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes answers as JSON: exact numbers keep their digits, absent values are null. */
final class AnswerJson {
  private final JsonGenerator json;
  private final CubeQuery query;

  AnswerJson(JsonGenerator json, CubeQuery query) {
    this.json = json;
    this.query = query;
  }

  /** The whole answer. */
  void answer(CubeAnswer answer) {
    begin(answer.head());
    answer.rows().forEach(this::row);
    end(answer);
  }

  /** What comes before the rows. */
  void begin(AnswerHead head) {
    json.writeStartObject();
    head(head);
    json.writeName("rows");
    json.writeStartArray();
  }

  /** What comes after the rows. */
  void end(CubeAnswer answer) {
    json.writeEndArray();
    if (query.totals()) {
      json.writeName("totals");
      if (answer.totals() == null) {
        json.writeNull();
      } else {
        row(answer.totals());
      }
    }
    json.writeName("next_offset");
    if (answer.nextOffset() == null) {
      json.writeNull();
    } else {
      json.writeNumber(answer.nextOffset());
    }
    json.writeEndObject();
  }

  private void head(AnswerHead head) {
    json.writeStringProperty("cube", head.cube());
    json.writeStringProperty("granularity", head.granularity().text());
    json.writeStringProperty("from", head.from().toString());
    json.writeStringProperty("to", head.to().toString());
    json.writeStringProperty("tz", head.zone().getId());
    json.writeName("dimensions");
    json.writeStartArray();
    head.dimensions().forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("status", head.status());
    json.writeNumberProperty("commit", head.commit());
    json.writeName("version");
    if (head.version() == null) {
      json.writeNull();
    } else {
      json.writeNumber(head.version());
    }
    time("watermark", head.watermark());
    json.writeNumberProperty("late_events", head.lateEvents());
    json.writeName("errors");
    json.writeStartObject();
    head.columns().forEach(this::error);
    json.writeEndObject();
  }

  private void error(Column column) {
    ErrorBound error = ErrorBound.of(column);
    if (error != null) {
      json.writeName(column.name());
      json.writeStartObject();
      json.writeStringProperty("kind", error.kind());
      json.writeNumberProperty("bound", error.bound());
      json.writeEndObject();
    }
  }

  /** One row. */
  void row(Row row) {
    json.writeStartObject();
    time("bucket", row.bucket());
    json.writeStringProperty("status", row.status());
    json.writeName("dimensions");
    json.writeStartObject();
    row.dimensions().forEach(json::writeStringProperty);
    json.writeEndObject();
    measures("measures", row.measures());
    if (query.top() != null && query.top().other()) {
      json.writeBooleanProperty("other", row.other());
    }
    if (query.comparison() != null) {
      measures("compared", row.compared());
    }
    json.writeEndObject();
  }

  private void measures(String name, Map<String, Object> measures) {
    json.writeName(name);
    if (measures == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    measures.forEach(
        (measure, value) -> {
          json.writeName(measure);
          if (value == null) {
            json.writeNull();
          } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
          } else {
            json.writeNumber(((Number) value).longValue());
          }
        });
    json.writeEndObject();
  }

  private void time(String name, Instant time) {
    json.writeStringProperty(name, time == null ? null : time.toString());
  }
}
