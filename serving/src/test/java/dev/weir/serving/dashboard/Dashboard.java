package dev.weir.serving.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.ServingOptions;
import dev.weir.serving.WeirServing;
import dev.weir.serving.view.ServedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real application over a real database with a shop's history, and a real Chromium to look at
 * it.
 *
 * <p>The history: eight days of March 2026, reconciled, the same on every run; the last two hours,
 * committed; more is written while pages are open.
 */
final class Dashboard implements AutoCloseable {
  /** The fixed part of the history. */
  static final Instant FIXED_FROM = Instant.parse("2026-03-01T00:00:00Z");

  static final Instant FIXED_TO = Instant.parse("2026-03-09T00:00:00Z");
  private final ServedLog log;
  private final ConfigurableApplicationContext context;
  private final Playwright playwright;
  private final Browser browser;
  private final List<Event> fixed;
  private final List<Event> recent;
  private final List<Event> pending = new ArrayList<>();
  private final ShopTraffic traffic = new ShopTraffic(3);
  private long commit;
  private long writers;

  Dashboard(Path folder, String... options) throws IOException {
    Path declaration = Files.writeString(folder.resolve("pipeline.yaml"), ShopTraffic.DECLARATION);
    Pipeline pipeline = PipelineReader.read(declaration);
    log = new ServedLog(pipeline);
    fixed = new ShopTraffic(1).days(FIXED_FROM, FIXED_TO, 60);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    recent = new ShopTraffic(2).within(now.minus(Duration.ofHours(2)), now, 1200);
    commit(fixed);
    log.write(1, 1, fixed);
    log.publish(1, 1, fixed);
    commit(recent);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--pipeline=" + declaration,
                "--database.url=" + log.database().jdbcUrl(),
                "--database.user=" + log.database().user(),
                "--server.port=0"));
    arguments.addAll(List.of(options));
    context = WeirServing.serve(ServingOptions.parse(arguments, Map.of()));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Chromium.executable())
                    .setArgs(Chromium.ARGUMENTS));
  }

  ServedLog log() {
    return log;
  }

  /** An hour ago, as a beginning that does not move on while a test runs. */
  static Instant sinceAnHour() {
    return Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(1));
  }

  /** A part of the running application. */
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The events of the fixed part of the history. */
  List<Event> fixed() {
    return List.copyOf(fixed);
  }

  /** The events of the two hours before the start. */
  List<Event> recent() {
    return List.copyOf(recent);
  }

  String address(String path) {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
  }

  /** Opens an address in a window of its own, without what other windows have stored. */
  Tab open(String path) {
    return open(path, new Browser.NewContextOptions().setViewportSize(1360, 900));
  }

  Tab open(String path, Browser.NewContextOptions options) {
    BrowserContext window = browser.newContext(options.setTimezoneId("Europe/Zurich"));
    window.setDefaultTimeout(60_000);
    return new Tab(window, address(path));
  }

  /**
   * Counts that many events of this minute without committing them, as a writer of the live preview
   * does.
   */
  void live(int number) {
    Instant now = Instant.now();
    live(traffic.within(now.truncatedTo(ChronoUnit.MINUTES), now.plusMillis(1), number));
  }

  /** Counts events without committing them. */
  void live(List<Event> events) {
    UUID writer = new UUID(1, ++writers);
    log.register(writer);
    log.live(writer, commit, events);
    pending.addAll(events);
  }

  /** Commits what is live: it is not live any more in the same instant. */
  void commitPending() {
    commit(List.copyOf(pending));
    pending.clear();
  }

  /** Commits events of days that no other test looks at. */
  void commit(List<Event> events) {
    commit++;
    log.commit(commit, commit, events);
    log.database()
        .execute(
            "INSERT INTO weir.ledger_source VALUES (%d, 'clicks', %d, %d, 3, 0, 0)"
                .formatted(commit, events.size() + 3, events.size()));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    context.close();
    log.close();
  }
}
