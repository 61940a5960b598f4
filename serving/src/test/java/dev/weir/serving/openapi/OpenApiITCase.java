package dev.weir.serving.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.weir.serving.api.RunningServer;
import dev.weir.serving.dashboard.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description of the API against the API itself, and the page that shows it. */
class OpenApiITCase {
  @TempDir private static Path folder;
  private static RunningServer server;
  private static JsonNode description;

  @BeforeAll
  static void start() throws Exception {
    server = new RunningServer(folder);
    description = server.json("/openapi.json");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void namesEveryEndpointAndWhatItAnswers() {
    assertThat(description.get("openapi").asString()).startsWith("3.1");
    for (String endpoint : endpoints()) {
      String method = endpoint.substring(0, endpoint.indexOf(' ')).toLowerCase(Locale.ROOT);
      JsonNode operation =
          description.get("paths").path(endpoint.substring(method.length() + 1)).path(method);
      assertThat(operation.isMissingNode()).as(endpoint).isFalse();
      assertThat(operation.path("summary").asString(""))
          .as("%s: add it to OperationTexts", endpoint)
          .isNotEmpty();
      for (JsonNode parameter : operation.path("parameters")) {
        assertThat(parameter.path("description").asString(""))
            .as("%s: add %s to OperationTexts", endpoint, parameter.get("name"))
            .isNotEmpty();
      }
      assertThat(operation.path("responses").propertyNames())
          .as(endpoint)
          .contains("400", "401", "403", "429", "503")
          .anyMatch(status -> status.startsWith("2"));
    }
  }

  @Test
  void saysWhoMayAsk() {
    JsonNode paths = description.get("paths");

    assertThat(paths.get("/api/v1/me").get("get").get("description").asString())
        .endsWith("For anybody with a credential.");
    assertThat(paths.get("/api/v1/session").get("delete").get("description").asString())
        .endsWith("For anybody with a credential.");
    assertThat(paths.get("/api/v1/session").get("post").get("description").asString())
        .endsWith("For anybody.");
    assertThat(paths.get("/api/v1/keys").get("get").get("description").asString())
        .endsWith("For admins.");
  }

  private static Set<String> endpoints() {
    Set<String> endpoints = new TreeSet<>();
    server
        .context()
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              for (String path : mapping.getPatternValues()) {
                if (path.startsWith("/api/") || path.equals("/health")) {
                  mapping
                      .getMethodsCondition()
                      .getMethods()
                      .forEach(verb -> endpoints.add(verb + " " + path));
                }
              }
            });
    assertThat(endpoints).contains("GET /api/v1/cubes/{cube}/rows", "POST /api/v1/cache/clear");
    return endpoints;
  }

  @Test
  void describesExactlyTheParametersThereAre() throws Exception {
    JsonNode rows = operation("/api/v1/cubes/{cube}/rows");
    List<String> described = new ArrayList<>();
    for (JsonNode parameter : rows.get("parameters")) {
      assertThat(parameter.get("description").asString()).isNotEmpty();
      assertThat(parameter.has("example")).as(parameter.toString()).isTrue();
      if (parameter.get("in").asString().equals("query")) {
        described.add(parameter.get("name").asString());
      }
    }
    String refusal =
        server
            .json("/api/v1/cubes/traffic/rows?colour=red")
            .get("errors")
            .get(0)
            .get("remedy")
            .asString();
    Set<String> known =
        new TreeSet<>(
            List.of(refusal.substring("use ".length()).replace(" or ", ", ").split(", ")));
    assertThat(new TreeSet<>(described)).isEqualTo(known);
    String formats =
        server
            .json("/api/v1/cubes/traffic/rows?format=odt")
            .get("errors")
            .get(0)
            .get("remedy")
            .asString();
    assertThat(formats).isEqualTo("use json, ndjson, csv, xlsx, pdf, parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/cubes",
        "/api/v1/freshness",
        "/api/v1/reconciliation",
        "/api/v1/dead-letters",
        "/api/v1/reports",
        "/health"
      })
  void describesEveryFieldOfAnAnswer(String path) throws Exception {
    assertDescribed(path, server.json(path), answer(operation(path)));
  }

  @Test
  void describesEveryFieldOfRows() throws Exception {
    String path =
        "/api/v1/cubes/traffic/rows?from=2026-03-01&to=2026-03-02&granularity=hour&fill=zero&compare=1d&totals=true";
    JsonNode schema = answer(operation("/api/v1/cubes/{cube}/rows"));
    JsonNode answer = server.json(path);

    assertDescribed(path, answer, schema);
    assertThat(answer.get("rows").size()).isEqualTo(24);
    for (JsonNode required : schema.get("required")) {
      assertThat(answer.has(required.asString())).as(required.asString()).isTrue();
    }
    assertDescribed(
        "the cube",
        server.json("/api/v1/cubes/traffic"),
        answer(operation("/api/v1/cubes/{cube}")));
  }

  /** Every field is in the schema, at every depth. */
  private static void assertDescribed(String where, JsonNode value, JsonNode given) {
    JsonNode schema = resolved(given);
    if (value.isArray()) {
      value.forEach(item -> assertDescribed(where + "[]", item, schema.get("items")));
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        JsonNode known = schema.path("properties").path(field.getKey());
        JsonNode any = schema.path("additionalProperties");
        assertThat(known.isMissingNode() && any.isMissingNode())
            .as("%s.%s is not described", where, field.getKey())
            .isFalse();
        assertDescribed(
            where + "." + field.getKey(), field.getValue(), known.isMissingNode() ? any : known);
      }
    }
  }

  private static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty()
        ? schema
        : description
            .get("components")
            .get("schemas")
            .get(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static JsonNode operation(String path) {
    return description.get("paths").get(path).get("get");
  }

  private static JsonNode answer(JsonNode operation) {
    JsonNode content = operation.get("responses").get("200").get("content");
    return resolved(content.iterator().next().get("schema"));
  }

  @Test
  void showsItOnAPageThatTakesEverythingFromThisServer() throws IOException {
    List<String> complaints = new CopyOnWriteArrayList<>();
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.executable())
                        .setArgs(Chromium.ARGUMENTS))) {
      Page page = browser.newPage();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              complaints.add(message.text());
            }
          });
      page.onPageError(complaints::add);
      page.onRequest(
          request -> {
            if (!request.url().startsWith(server.uri("/").toString())
                && !request.url().startsWith("data:")) {
              complaints.add("asked " + request.url());
            }
          });
      page.addInitScript(
          "addEventListener('securitypolicyviolation', event =>"
              + " console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))");
      page.navigate(server.uri("/docs").toString());
      page.locator(".opblock-summary-path >> text=/rows").first().waitFor();
      page.locator("#operations-numbers-cubes .opblock-summary-control").click();
      page.locator("#operations-numbers-cubes .execute").click();
      page.locator(
              "#operations-numbers-cubes .live-responses-table .response-col_status >> text=200")
          .waitFor();
      assertThat(page.locator("#operations-numbers-cubes .live-responses-table").textContent())
          .contains("traffic");
    }
    assertThat(complaints).isEmpty();
  }
}
