package dev.weir.serving.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.DigestUtils;

/**
 * The dashboard's page with the files that it names, each at an address that changes with what is
 * in it, so that a browser may keep it for good. A script has its modules in it, and a style sheet
 * what it imports.
 */
final class DashboardRelease {
  private static final Pattern NAMED = Pattern.compile("(?<==\")/((?:js|css|webjars)/[^\"]+)");
  private static final Pattern STYLE_IMPORT = Pattern.compile("(?m)^@import '(\\.[^']+)';$");

  private final Map<String, GivenFile> files = new LinkedHashMap<>();
  private final GivenFile page;

  /** Reads the files of the class path. */
  DashboardRelease() {
    try {
      ClassPathResource plain = new ClassPathResource("static/index.html");
      StringBuilder html = new StringBuilder();
      Matcher named = NAMED.matcher(plain.getContentAsString(StandardCharsets.UTF_8));
      while (named.find()) {
        String path = named.group(1);
        files.put(path, file(path));
        named.appendReplacement(html, Matcher.quoteReplacement(folder(path) + path));
      }
      page = GivenFile.of(plain, named.appendTail(html).toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the dashboard's files", e);
    }
  }

  private static GivenFile file(String path) throws IOException {
    if (path.startsWith("webjars/")) {
      Resource library = library(path);
      return new GivenFile(library, library.getContentAsByteArray());
    }
    ClassPathResource file = new ClassPathResource("static/" + path);
    return GivenFile.of(file, path.startsWith("css/") ? styles(file) : OneScript.of(file));
  }

  /** A library's file, whose folder has the library's version in its name. */
  private static Resource library(String path) throws IOException {
    String versioned = path.replaceFirst("^(webjars/[^/]+)", "$1/*");
    Resource[] found =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:META-INF/resources/" + versioned);
    if (found.length != 1) {
      throw new IllegalStateException(found.length + " files are " + path);
    }
    return found[0];
  }

  private static String styles(ClassPathResource sheet) throws IOException {
    StringBuilder styles = new StringBuilder();
    Matcher imports = STYLE_IMPORT.matcher(sheet.getContentAsString(StandardCharsets.UTF_8));
    while (imports.find()) {
      String imported =
          sheet.createRelative(imports.group(1)).getContentAsString(StandardCharsets.UTF_8);
      imports.appendReplacement(styles, Matcher.quoteReplacement(imported));
    }
    return imports.appendTail(styles).toString();
  }

  /** The page, which names the files by their addresses. */
  GivenFile page() {
    return page;
  }

  /** The files by their paths, such as {@code js/main.js}. */
  Map<String, GivenFile> files() {
    return files;
  }

  /** Where a file has its address, such as {@code /files/0f…/}. */
  String folder(String path) {
    return "/files/" + DigestUtils.md5DigestAsHex(files.get(path).getByteArray()) + "/";
  }
}
