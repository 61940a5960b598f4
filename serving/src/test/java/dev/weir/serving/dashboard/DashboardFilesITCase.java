package dev.weir.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the files that a browser loads are sent. */
@ExtendWith(SharedDashboard.class)
class DashboardFilesITCase {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern NAMED =
      Pattern.compile("<(?:link|script)\\b[^>]*(?:src|href)=\"([^\"]+)\"");
  private static final String RELEASE = "/files/[0-9a-f]{32}/";

  private static Dashboard dashboard;

  @BeforeAll
  static void start(Dashboard shared) {
    dashboard = shared;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/css/base.css",
        "/js/main.js",
        "/webjars/echarts/echarts.common.min.js",
        "/api/v1/cubes",
        "/nothing"
      })
  void letsPagesLoadNothingFromElsewhere(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);

    assertThat(response.statusCode()).isEqualTo(path.equals("/nothing") ? 404 : 200);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/js/dom.js",
        "/webjars/swagger-ui/swagger-ui.css",
        "css/main.css",
        "js/main.js",
        "webjars/echarts/echarts.common.min.js"
      })
  void sendsItsFilesCompressedToWhoeverTakesThat(String named) throws Exception {
    String path = address(named);
    HttpResponse<byte[]> plain = get(path);
    for (int again = 0; again < 2; again++) {
      HttpResponse<byte[]> compressed = get(path, "Accept-Encoding", "br, gzip");

      assertThat(compressed.headers().allValues("Content-Encoding")).containsExactly("gzip");
      assertThat(compressed.headers().firstValue("Vary").orElseThrow())
          .containsIgnoringCase("Accept-Encoding");
      assertThat(compressed.headers().firstValue("Content-Type"))
          .isEqualTo(plain.headers().firstValue("Content-Type"));
      assertThat(compressed.body()).hasSizeLessThan(plain.body().length / 2);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
          .isEqualTo(plain.body());
    }

    HttpResponse<byte[]> refusing = get(path, "Accept-Encoding", "gzip;q=0");
    assertThat(refusing.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(refusing.body()).isEqualTo(plain.body());
  }

  @Test
  void asksBrowsersToAskWhetherThePageHasChanged() throws Exception {
    HttpResponse<byte[]> first = get("/", "Accept-Encoding", "gzip");
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    // The files of an older release, put back, are not newer.
    assertThat(first.headers().firstValue("Last-Modified")).isEmpty();
    String tag = first.headers().firstValue("ETag").orElseThrow();

    for (String coding : List.of("gzip", "identity")) {
      HttpResponse<byte[]> again = get("/", "Accept-Encoding", coding, "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.headers().firstValue("ETag")).hasValue(tag);
      assertThat(get("/docs/docs.js", "Accept-Encoding", coding, "If-None-Match", tag).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void letsBrowsersKeepTheFilesThatThePageNames() throws Exception {
    HttpResponse<byte[]> page = get("/");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    List<String> files = NAMED.matcher(text(page)).results().map(match -> match.group(1)).toList();
    assertThat(files)
        .satisfiesExactly(
            icon -> assertThat(icon).isEqualTo("/icon.svg"),
            styles -> assertThat(styles).matches(RELEASE + "css/main.css"),
            theme -> assertThat(theme).matches(RELEASE + "js/theme.js"),
            charts -> assertThat(charts).matches(RELEASE + "webjars/echarts/.+\\.js"),
            script -> assertThat(script).matches(RELEASE + "js/main.js"));

    for (String file : files.subList(1, files.size())) {
      HttpResponse<byte[]> kept = get(file);
      assertThat(kept.statusCode()).as(file).isEqualTo(200);
      assertThat(kept.headers().firstValue("Cache-Control"))
          .as(file)
          .hasValue("max-age=31536000, public, immutable");
      assertThat(text(kept)).as(file).doesNotContainPattern("(?m)^@?import ");
    }
  }

  @Test
  void hasTheFilesForPagesOfAnotherReleaseToo() throws Exception {
    for (String path : List.of("js/main.js", "css/main.css")) {
      String named = address(path);
      HttpResponse<byte[]> other = get("/files/" + "0".repeat(32) + "/" + path);
      assertThat(other.statusCode()).as(path).isEqualTo(200);
      assertThat(other.headers().firstValue("Cache-Control")).as(path).hasValue("no-cache");
      assertThat(other.body()).as(path).isEqualTo(get(named).body());

      for (String absent : List.of("js/app.js", "index.html", "")) {
        String beside = named.replace(path, absent);
        HttpResponse<byte[]> none = get(beside);
        assertThat(none.statusCode()).as(beside).isEqualTo(404);
        assertThat(none.headers().firstValue("Cache-Control").orElse(""))
            .as(beside)
            .doesNotContain("max-age");
      }
    }
  }

  @Test
  void theNextVisitLoadsNoFileAgain() {
    try (Tab tab = dashboard.open("/#/overview").loaded()) {
      assertThat(filesLoaded(tab)).isEqualTo(4);
      tab.page().navigate("about:blank");
      tab.page().navigate(dashboard.address("/#/overview"));
      tab.loaded();
      assertThat(filesLoaded(tab)).isZero();
    }
  }

  private static int filesLoaded(Tab tab) {
    return (int)
        tab.page()
            .evaluate(
                """
                performance.getEntriesByType('resource')
                  .filter(file => file.name.includes('/files/') && file.transferSize > 0).length""");
  }

  /** Where the page names a file such as {@code js/main.js}; a path from the root is itself. */
  private static String address(String path) throws Exception {
    if (path.startsWith("/")) {
      return path;
    }
    Matcher named = Pattern.compile(RELEASE + path).matcher(text(get("/")));
    assertThat(named.find()).as(path).isTrue();
    return named.group();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Asks with those headers: names and values in turn. */
  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(dashboard.address(path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }
}
