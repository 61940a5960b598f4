package dev.weir.serving.dashboard;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe-core finds wrong with a page by the rules of WCAG 2.2, levels A and AA. */
final class Accessibility {
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private Accessibility() {}

  /** One line for each element and rule; empty when all is well. */
  static List<String> violations(Page page) {
    return new AxeBuilder(page)
        .withTags(RULES).analyze().getViolations().stream()
            .flatMap(
                rule ->
                    rule.getNodes().stream()
                        .map(
                            node ->
                                rule.getId()
                                    + ": "
                                    + node.getHtml()
                                    + " "
                                    + node.getFailureSummary().replace('\n', ' ')))
            .toList();
  }
}
