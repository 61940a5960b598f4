package dev.weir.serving.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the answer to a question holds: the description of what the cube package writes. */
final class AnswerSchema {
  static final String ROW = "Row";
  static final String ANSWER = "Answer";

  private AnswerSchema() {}

  static Schema<?> answer() {
    Schema<?> answer =
        of("object", "One page of an answer; everything in it belongs to one snapshot.")
            .addProperty("cube", of("string", "The cube."))
            .addProperty("granularity", of("string", "How long the buckets are."))
            .addProperty("from", time("Start of the first bucket."))
            .addProperty("to", time("End of the last bucket, exclusive."))
            .addProperty("tz", of("string", "The time zone of the buckets."))
            .addProperty(
                "dimensions",
                new ArraySchema().items(of("string", "A dimension.")).description("As asked for."))
            .addProperty(
                "status",
                nullable(
                    "string",
                    "The least final of everything in the range: live (contains events not yet"
                        + " committed), committed (exact, not yet recomputed) or reconciled; null"
                        + " without rows."))
            .addProperty(
                "commit",
                of(
                    "integer",
                    "The commit through which the answer is whole: the head of the commit log, or"
                        + " the last commit that a changed cube has everything of until it is"
                        + " recomputed."))
            .addProperty(
                "version",
                nullable("integer", "The newest published batch version that serves the range."))
            .addProperty(
                "watermark",
                nullable("string", "Newest event time of the commits up to that.")
                    .format("date-time"))
            .addProperty(
                "late_events",
                of(
                    "integer",
                    "Committed events of the range that came after their hour was recomputed; they"
                        + " are counted."))
            .addProperty("errors", errors())
            .addProperty("rows", new ArraySchema().items(row()).description("The rows."))
            .addProperty("totals", row().types(Set.of("object", "null")))
            .addProperty(
                "next_offset",
                nullable("integer", "Where the next page begins; null on the last."));
    answer.setRequired(
        answer.getProperties().keySet().stream().filter(name -> !name.equals("totals")).toList());
    return answer;
  }

  static Schema<?> row() {
    Schema<?> row =
        of("object", "One bucket of one combination of the dimensions.")
            .addProperty(
                "bucket", nullable("string", "Its start; null in a total.").format("date-time"))
            .addProperty(
                "status",
                nullable("string", "How final the row is; null where nothing happened (see fill)."))
            .addProperty(
                "dimensions",
                map(nullable("string", "Null where the events carry none."), "Values by name."))
            .addProperty("measures", map(number(), "Values by name."))
            .addProperty(
                "other", of("boolean", "With other=true: whether this is all the rest, merged."))
            .addProperty(
                "compared",
                map(number(), "With compare: the same measures of the earlier period.")
                    .types(Set.of("object", "null")));
    row.setRequired(List.of("bucket", "status", "dimensions", "measures"));
    return row;
  }

  private static Schema<?> errors() {
    Schema<?> error =
        of("object", "How far the estimate may be off.")
            .addProperty(
                "kind",
                of(
                    "string",
                    "relative: never farther off than this share of the value; standard: the"
                        + " standard deviation, as a share of the value."))
            .addProperty("bound", of("number", "The share."));
    return map(error, "By measure, for those that are estimates; all others are exact.");
  }

  private static Schema<?> number() {
    return nullable("number", "Exact digits; null where no event carries the number.");
  }

  private static Schema<?> map(Schema<?> value, String text) {
    Schema<?> map = of("object", text);
    map.setAdditionalProperties(value);
    return map;
  }

  private static Schema<?> time(String text) {
    return of("string", text).format("date-time");
  }

  static Schema<?> of(String type, String text) {
    return new JsonSchema().types(Set.of(type)).description(text);
  }

  private static Schema<?> nullable(String type, String text) {
    return new JsonSchema().types(new LinkedHashSet<>(List.of(type, "null"))).description(text);
  }
}
