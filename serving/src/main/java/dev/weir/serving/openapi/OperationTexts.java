package dev.weir.serving.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says of each operation what it is for, and which role it needs. */
@Component
@Order(2)
class OperationTexts implements OpenApiCustomizer {
  private record Text(String tag, String summary, String role) {}

  private static final Map<String, Text> TEXTS =
      Map.ofEntries(
          numbers("/api/v1/cubes", "The cubes, each with its dimensions and measures"),
          numbers("/api/v1/cubes/{cube}", "What a cube has"),
          numbers("/api/v1/cubes/{cube}/rows", "The numbers of a cube over a range"),
          numbers("/api/v1/cubes/{cube}/live", "The last three minutes of a cube, as they change"),
          quality(
              "/api/v1/freshness", "How far the live, committed and reconciled parts have come"),
          quality(
              "/api/v1/reconciliation",
              "The batch layer's runs, what is wrong now, and the sealed hours"),
          quality("/api/v1/dead-letters", "What was rejected and why, and what became of the rest"),
          Map.entry(
              "GET /health",
              new Text("quality", "Whether the server and its database answer", "anybody")),
          text(
              "GET",
              "/api/v1/reports",
              "reports",
              "The reports, and what became of them",
              "reader"),
          text("POST", "/api/v1/reports/{name}/runs", "reports", "Makes a report now", "operator"),
          text("POST", "/api/v1/cache/clear", "operation", "Forgets all kept answers", "operator"),
          text(
              "GET",
              "/api/v1/audit",
              "operation",
              "What operators and administrators did",
              "operator"),
          text("GET", "/api/v1/keys", "access", "The API keys, without their secrets", "admin"),
          text("POST", "/api/v1/keys", "access", "Makes an API key, shown this once", "admin"),
          text("DELETE", "/api/v1/keys/{id}", "access", "Revokes an API key", "admin"),
          text(
              "GET",
              "/api/v1/me",
              "access",
              "Who the server takes the caller for",
              "anybody with a credential"),
          text("POST", "/api/v1/session", "access", "Begins a session in this browser", "anybody"),
          text(
              "DELETE",
              "/api/v1/session",
              "access",
              "Ends the session",
              "anybody with a credential"));

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "cube", "Name of a cube; GET /api/v1/cubes lists them.",
          "name", "Name of a report; GET /api/v1/reports lists them.",
          "id", "Number of a key; GET /api/v1/keys lists them.",
          "before", "Only entries with a smaller id: where the page before ended.",
          "limit", "Most entries.");

  private static Map.Entry<String, Text> numbers(String path, String summary) {
    return text("GET", path, "numbers", summary, "reader");
  }

  private static Map.Entry<String, Text> quality(String path, String summary) {
    return text("GET", path, "quality", summary, "reader");
  }

  private static Map.Entry<String, Text> text(
      String method, String path, String tag, String summary, String role) {
    return Map.entry(method + " " + path, new Text(tag, summary, role));
  }

  @Override
  public void customise(OpenAPI description) {
    description
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> describe(path, method, operation)));
  }

  private static void describe(String path, HttpMethod method, Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(OperationTexts::describe);
    }
    Text text = TEXTS.get(method + " " + path);
    if (text == null) {
      return;
    }
    String more = operation.getDescription() == null ? "" : operation.getDescription() + " ";
    operation
        .tags(List.of(text.tag()))
        .summary(text.summary())
        .description(
            more + "For " + text.role() + (text.role().startsWith("anybody") ? "." : "s."));
  }

  private static void describe(Parameter parameter) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(PARAMETERS.get(parameter.getName()));
    }
  }
}
