package dev.weir.benchmark.query;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser asks for when it opens the dashboard for the first time: the page, what it names,
 * then everything that it shows, at once.
 */
final class FirstLoad {
  private static final Pattern NAMED =
      Pattern.compile("<(?:link|script|img)\\b[^>]*?(?:src|href)=\"([^\"#:]+)\"");

  private static final String TRAFFIC = "/api/v1/cubes/traffic/rows?from=now-1h&to=now&";
  private static final String TILES =
      "event_count,value_sum,value_min,value_max,value_avg,value_p95,user_id_distinct";
  private static final List<String> FIRST =
      List.of("/api/v1/me", "/api/v1/cubes", "/api/v1/freshness");

  /** The overview's questions: tiles, chart, top lists and verdict. */
  private static final List<String> SHOWN =
      List.of(
          TRAFFIC + "granularity=total&measures=" + TILES + "&compare=previous",
          TRAFFIC + "granularity=minute&measures=" + TILES + "&limit=20000",
          TRAFFIC + top("event_type"),
          TRAFFIC + top("user_segment"),
          "/api/v1/reconciliation");

  private final Viewer viewer;

  FirstLoad(Viewer viewer) {
    this.viewer = viewer;
  }

  /** Loads everything; returns how many requests it took. */
  int load() throws IOException, InterruptedException {
    String page = viewer.get("/");
    Set<String> files = new LinkedHashSet<>();
    Matcher named = NAMED.matcher(page);
    while (named.find()) {
      files.add(URI.create("/").resolve(named.group(1)).getPath());
    }
    together(List.copyOf(files));
    together(FIRST);
    together(SHOWN);
    return 1 + files.size() + FIRST.size() + SHOWN.size();
  }

  private static String top(String dimension) {
    return "granularity=total&dimensions="
        + dimension
        + "&measures=event_count&order=-event_count&limit=6&compare=previous&totals=true";
  }

  private void together(List<String> paths) {
    List<CompletableFuture<String>> answers = paths.stream().map(viewer::getAsync).toList();
    answers.forEach(CompletableFuture::join);
  }
}
