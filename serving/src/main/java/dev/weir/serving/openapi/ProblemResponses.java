package dev.weir.serving.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Adds to every operation what it answers when it cannot do what it is asked. */
@Component
@Order(1)
class ProblemResponses implements OpenApiCustomizer {
  private static final String PROBLEM = "#/components/schemas/Problem";

  @Override
  public void customise(OpenAPI description) {
    description.getComponents().addSchemas("Problem", problem());
    description
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperations()
                    .forEach(operation -> describe(operation, path.contains("{"))));
  }

  private static void describe(Operation operation, boolean names) {
    add(
        operation,
        "400",
        "The request cannot be answered as it is: errors says what to change, all of it.");
    add(operation, "401", "Security is on and no usable credential came with the request.");
    add(operation, "403", "The caller's role does not allow this.");
    if (names) {
      add(operation, "404", "There is nothing of that name; the detail says what there is.");
    }
    add(operation, "429", "Too many requests; Retry-After says when to ask again.");
    add(operation, "503", "The database does not answer, or too much is asked at once.");
  }

  private static void add(Operation operation, String status, String text) {
    if (operation.getResponses().containsKey(status)) {
      return;
    }
    operation
        .getResponses()
        .addApiResponse(
            status,
            new ApiResponse()
                .description(text)
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json",
                            new MediaType().schema(new Schema<>().$ref(PROBLEM)))));
  }

  private static Schema<?> problem() {
    Schema<?> error =
        object("One thing that is wrong with a request.")
            .addProperty("parameter", text("The parameter."))
            .addProperty("problem", text("What is wrong with it."))
            .addProperty("remedy", text("What to send instead."));
    return object("RFC 9457: why a request was not answered.")
        .addProperty("type", text("Always about:blank: the title tells."))
        .addProperty("title", text("What kind of problem it is."))
        .addProperty("status", new JsonSchema().types(Set.of("integer")).description("The status."))
        .addProperty("detail", text("What is wrong, for a person to read."))
        .addProperty("instance", text("The path that was asked."))
        .addProperty(
            "errors",
            new ArraySchema().items(error).description("Everything that is wrong with a request."))
        .example(
            Map.of(
                "title", "The query cannot be answered as it is",
                "status", 400,
                "detail", "limit: '0' is not usable; use a whole number from 1 to 20000"));
  }

  private static Schema<?> object(String text) {
    return new JsonSchema().types(Set.of("object")).description(text);
  }

  private static Schema<?> text(String text) {
    return new JsonSchema().types(Set.of("string")).description(text);
  }
}
