package dev.weir.serving.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.DigestUtils;

/**
 * Names the state of the dashboard's files, by what is in them: the same in every instance of a
 * release. Modules import each other by relative addresses, so a page never gets those of two
 * releases.
 */
record DashboardRelease(String name) {
  private static final List<String> FILES =
      List.of(
          "classpath:/static/js/**/*.js",
          "classpath:/static/css/**/*.css",
          "classpath*:/META-INF/resources/webjars/echarts/**/*.js");

  static DashboardRelease ofClasspath() {
    PathMatchingResourcePatternResolver classpath = new PathMatchingResourcePatternResolver();
    TreeSet<String> digests = new TreeSet<>();
    try {
      for (String pattern : FILES) {
        for (Resource file : classpath.getResources(pattern)) {
          try (InputStream in = file.getInputStream()) {
            digests.add(file.getFilename() + " " + DigestUtils.md5DigestAsHex(in));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the dashboard's files", e);
    }
    byte[] all = String.join("\n", digests).getBytes(StandardCharsets.UTF_8);
    return new DashboardRelease(DigestUtils.md5DigestAsHex(all));
  }

  /** Where the file, such as {@code /js/main.js}, has this release's address. */
  String address(String file) {
    return "/files/" + name + file;
  }
}
