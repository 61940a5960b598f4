package dev.weir.benchmark.query;

import java.io.IOException;
import java.util.ArrayList;
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
  private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"(/?[^\"#:]+)\"");
  private static final Pattern IMPORTED = Pattern.compile("from '\\./([^']+)'");

  private static final List<String> SHOWN =
      List.of(
          "/api/v1/cubes",
          "/api/v1/freshness",
          "/api/v1/reconciliation",
          "/api/v1/dead-letters",
          "/api/v1/cubes/traffic/rows?granularity=minute&measures=event_count&from=now-1h&to=now",
          "/api/v1/cubes/traffic/rows?granularity=total&from=now-1h&to=now",
          "/api/v1/cubes/traffic/rows?granularity=total&dimensions=event_type&measures=event_count&from=now-1h&to=now");

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
      files.add(named.group(1).startsWith("/") ? named.group(1) : "/" + named.group(1));
    }
    for (int known = 0; known < files.size(); ) {
      List<String> next = List.copyOf(files).subList(known, files.size());
      known = files.size();
      for (String text : together(next)) {
        Matcher imported = IMPORTED.matcher(text);
        while (imported.find()) {
          files.add("/js/" + imported.group(1));
        }
      }
    }
    together(SHOWN);
    return 1 + files.size() + SHOWN.size();
  }

  private List<String> together(List<String> paths) {
    List<CompletableFuture<String>> answers = paths.stream().map(viewer::getAsync).toList();
    List<String> bodies = new ArrayList<>();
    answers.forEach(answer -> bodies.add(answer.join()));
    return bodies;
  }
}
