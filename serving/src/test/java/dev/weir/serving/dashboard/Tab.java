package dev.weir.serving.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page that is open in a window of its own, and everything the browser complained about. */
final class Tab implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "dashboard");

  /** What the bars or lines of the first chart add up to. */
  static final String DRAWN =
      """
      (echarts.getInstanceByDom(document.querySelector('#page .chart'))?.getOption()?.series ?? [])
        .filter(one => one.id !== 'ribbon').flatMap(one => one.data)
        .reduce((sum, one) => sum + (one?.value ?? one ?? 0), 0)""";

  private final BrowserContext window;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Tab(BrowserContext window, String address) {
    this.window = window;
    this.page = window.newPage();
    page.onConsoleMessage(
        message -> {
          // Whoever has no session yet is told so; the browser notes that in the console.
          boolean greeting = message.location().contains("/api/v1/me");
          if (List.of("error", "warning").contains(message.type()) && !greeting) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(complaints::add);
    page.addInitScript(
        "addEventListener('securitypolicyviolation', event =>"
            + " console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))");
    page.navigate(address);
    page.waitForLoadState(LoadState.DOMCONTENTLOADED);
  }

  Page page() {
    return page;
  }

  BrowserContext window() {
    return window;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  /** Errors and warnings of the console, violations of the content security policy, exceptions. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Waits until no part of the page is being loaded. */
  Tab loaded() {
    assertThat(page.locator("#page > *")).hasCount(1);
    assertThat(page.locator("[aria-busy]")).hasCount(0);
    return this;
  }

  /** Waits until what the first chart shows adds up to a number. */
  Tab drawn(long sum) {
    until(DRAWN + " === " + sum);
    return this;
  }

  /**
   * Waits until a condition holds, without evaluating texts on the page, which its policy forbids.
   */
  void until(String condition) {
    page.evaluate(
        """
        words => new Promise((done, failed) => {
          const end = Date.now() + 20_000;
          const look = () => {
            if (%s) done();
            else if (Date.now() > end) failed(new Error(`never so: ${words}`));
            else setTimeout(look, 50);
          };
          look();
        })"""
            .formatted(condition),
        condition);
  }

  /**
   * What a module of the page answers, such as {@code time.js} to {@code floor(0, 'day', 'UTC')}.
   */
  Object ask(String module, String expression, Object argument) {
    return page.evaluate(
        "async given => { const module = await import('/js/"
            + module
            + "'); return "
            + expression
            + "; }",
        argument);
  }

  /** Presses a button that copies something, and tells what. */
  String copied(String button) {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    find(button).click();
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  /** The tile of a measure, by the name it is shown with. */
  Locator tile(String measure) {
    return page.locator(".tile:has(.tile-name:text-is(\"" + measure + "\"))");
  }

  /** The number in a tile, without its thousands' separators. */
  double number(String measure) {
    return Double.parseDouble(
        tile(measure).locator("strong").textContent().replaceAll("[^0-9.-]", ""));
  }

  /** The whole number in a tile. */
  long count(String measure) {
    return Long.parseLong(tile(measure).locator("strong").textContent().replaceAll("[^0-9]", ""));
  }

  /** What stands in one column of the table of rows, from the top. */
  List<String> column(String title) {
    int index =
        page.locator(".result thead th").allInnerTexts().stream()
            .map(Tab::head)
            .toList()
            .indexOf(title);
    return page.locator(".result tbody tr td:nth-child(" + (index + 1) + ")").allInnerTexts();
  }

  private static String head(String text) {
    return text.replaceAll("\\s*[↑↓]$", "").strip();
  }

  /** Leaves a picture of the window under {@code target/dashboard}. */
  void picture(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  @Override
  public void close() {
    window.close();
  }
}
