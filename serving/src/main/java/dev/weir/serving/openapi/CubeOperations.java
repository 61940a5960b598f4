package dev.weir.serving.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Describes questions to a cube, whose parameters and answers no Java signature tells. */
@Component
@Order(0)
class CubeOperations implements OpenApiCustomizer {
  private static final String CUBE = "/api/v1/cubes/{cube}";
  private static final String EXAMPLE =
      """
      {"cube":"traffic","granularity":"hour","from":"2026-03-01T10:00:00Z","to":"2026-03-01T11:00:00Z","tz":"UTC",\
      "dimensions":["event_type"],"status":"reconciled","commit":812,"version":31,\
      "watermark":"2026-03-01T11:42:07.150Z","late_events":0,\
      "errors":{"value_p99.9":{"kind":"relative","bound":0.01}},\
      "rows":[{"bucket":"2026-03-01T10:00:00Z","status":"reconciled","dimensions":{"event_type":"buy"},\
      "measures":{"event_count":5,"value_p99.9":0.201}}],"next_offset":null}""";

  @Override
  public void customise(OpenAPI description) {
    description.getComponents().addSchemas(AnswerSchema.ANSWER, AnswerSchema.answer());
    description.getComponents().addSchemas(AnswerSchema.ROW, AnswerSchema.row());
    Operation rows = description.getPaths().get(CUBE + "/rows").getGet();
    rows.description(
            "Every answer is of one snapshot and never older than the question. JSON comes with a"
                + " strong ETag: If-None-Match is answered with 304 while nothing changed. Other"
                + " formats are streamed whole.")
        .parameters(parameters(false))
        .responses(
            new ApiResponses()
                .addApiResponse("200", answer())
                .addApiResponse(
                    "304", new ApiResponse().description("The client's answer still holds."))
                .addApiResponse(
                    "406", new ApiResponse().description("No accepted format is offered.")));
    Operation live = description.getPaths().get(CUBE + "/live").getGet();
    live.description(
            "Server-sent events named rows, at most one a second and only after a change; each holds"
                + " an Answer over the last three minutes, by minute. A comment every 15 seconds shows"
                + " that the connection lives.")
        .parameters(parameters(true))
        .responses(
            new ApiResponses()
                .addApiResponse(
                    "200",
                    new ApiResponse()
                        .description("Events, for as long as the client listens.")
                        .content(
                            new Content()
                                .addMediaType(
                                    "text/event-stream",
                                    new MediaType()
                                        .schema(AnswerSchema.of("string", "One event."))))));
  }

  private static ApiResponse answer() {
    Content content = new Content();
    content.addMediaType(
        "application/json",
        new MediaType().schema(reference(AnswerSchema.ANSWER)).example(EXAMPLE));
    content.addMediaType(
        "application/x-ndjson", new MediaType().schema(reference(AnswerSchema.ROW)));
    for (String type :
        List.of(
            "text/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/pdf",
            "application/vnd.apache.parquet")) {
      content.addMediaType(type, new MediaType().schema(AnswerSchema.of("string", "A file.")));
    }
    return new ApiResponse().description("The answer.").content(content);
  }

  private static Schema<?> reference(String name) {
    return new Schema<>().$ref("#/components/schemas/" + name);
  }

  private static List<Parameter> parameters(boolean live) {
    List<Parameter> all = new ArrayList<>();
    all.add(
        new Parameter()
            .in("path")
            .name("cube")
            .required(true)
            .description("Name of a cube; GET /api/v1/cubes lists them.")
            .schema(AnswerSchema.of("string", "Name of a cube."))
            .example("traffic"));
    for (QueryParameter parameter : QueryParameter.ALL) {
      if (!live || parameter.live()) {
        all.add(
            new Parameter()
                .in("query")
                .name(parameter.name())
                .required(false)
                .description(parameter.text() + (parameter.repeated() ? " May be repeated." : ""))
                .schema(AnswerSchema.of(parameter.type(), parameter.text()))
                .example(parameter.example()));
      }
    }
    return all;
  }
}
