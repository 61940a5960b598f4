package dev.weir.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** A browser is told of all modules at once, instead of finding those that one needs in turn. */
class PreloadedModulesTest {
  private static final URI FIRST = URI.create("/js/main.js");
  private static final Pattern PRELOADED = Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)");
  private static final Pattern IMPORTED = Pattern.compile("(?:from|import) '(\\.[^']+)'");

  @Test
  void thePageNamesAllThatItsScriptNeeds() throws IOException {
    Set<String> preloaded =
        PRELOADED
            .matcher(text("/index.html"))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(preloaded).isEqualTo(imported());
  }

  private static Set<String> imported() throws IOException {
    Set<String> imported = new TreeSet<>();
    Deque<URI> unread = new ArrayDeque<>(Set.of(FIRST));
    while (!unread.isEmpty()) {
      URI module = unread.remove();
      for (MatchResult match : IMPORTED.matcher(text(module.getPath())).results().toList()) {
        URI needed = module.resolve(match.group(1));
        if (imported.add(needed.getPath())) {
          unread.add(needed);
        }
      }
    }
    return imported;
  }

  private static String text(String path) throws IOException {
    return new ClassPathResource("static" + path).getContentAsString(StandardCharsets.UTF_8);
  }
}
