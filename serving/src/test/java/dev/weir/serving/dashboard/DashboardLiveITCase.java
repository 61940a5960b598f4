package dev.weir.serving.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import dev.weir.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What server-sent rows do to a split chart, and what becomes of their connection. */
@ExtendWith(SharedDashboard.class)
class DashboardLiveITCase {
  private static final Pattern STREAM = Pattern.compile("/live\\?");

  private static Dashboard dashboard;
  private final ShopTraffic traffic = new ShopTraffic(6);
  private Tab tab;

  @BeforeAll
  static void start(Dashboard shared) {
    dashboard = shared;
  }

  @AfterEach
  void close() {
    tab.close();
  }

  private Tab open(String path) {
    tab = dashboard.open(path);
    return tab.loaded();
  }

  /** The verdict is the last that it asks for, and waits for no other answer. */
  @Test
  void asksForEachThingOnceWhenItIsOpened() {
    open("/#/overview?from=" + Dashboard.sinceAnHour());

    List<?> asked =
        (List<?>)
            tab.page()
                .evaluate(
                    """
                    (() => {
                      const asked = performance.getEntriesByType('resource')
                        .filter(one => one.name.includes('/api/v1/') && !one.name.includes('/live?'));
                      const verdict = asked.find(one => one.name.endsWith('/reconciliation'));
                      return asked.filter(one => one.startTime <= verdict.startTime).map(one => one.name);
                    })()""");
    assertThat(asked)
        .doesNotHaveDuplicates()
        .anyMatch(address -> address.toString().endsWith("/api/v1/freshness"));
  }

  /** An answer over three minutes would have more rows than live answers have. */
  @Test
  void manyValuesLoseNothingToLiveRows() {
    Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    List<Event> events = new ArrayList<>();
    for (int value = 0; value < 400; value++) {
      for (int ago = 0; ago < 3; ago++) {
        events.add(traffic.one("place " + value, "phone", minute.minus(ago, ChronoUnit.MINUTES)));
      }
    }
    // What a value is called does not make it the rest.
    Stream.generate(() -> traffic.one("other", "phone", minute)).limit(300).forEach(events::add);
    dashboard.live(events);
    open("/#/overview?split=country&from=" + Dashboard.sinceAnHour());
    long before = tab.count("events");
    tab.drawn(before);
    tab.page()
        .evaluate(
            "window.least = "
                + Tab.DRAWN
                + "; setInterval(() => { window.least = Math.min(window.least, "
                + Tab.DRAWN
                + "); }, 50)");
    assertThat(names()).contains("other", "(rest)").doesNotHaveDuplicates();

    dashboard.live(20);
    assertThat(tab.tile("events").locator("strong"))
        .hasText(String.format(Locale.ROOT, "%,d", before + 20));
    tab.drawn(before + 20);
    assertThat(((Number) tab.page().evaluate("window.least")).longValue()).isEqualTo(before);
    assertThat(tab.complaints()).isEmpty();
  }

  private List<String> names() {
    return texts(
        "echarts.getInstanceByDom(document.querySelector('#page .chart')).getOption().legend[0].data.map(one => one.name)");
  }

  private List<String> texts(String expression) {
    return ((List<?>) tab.page().evaluate(expression)).stream().map(String::valueOf).toList();
  }

  /** The rest of a measure that cannot be added is only in full answers. */
  @Test
  void theRestOfADistinctCountStaysWhenLiveRowsCome() {
    Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(1));
    List<Event> events = new ArrayList<>();
    for (int value = 0; value < 12; value++) {
      for (int i = 0; i < 12 - value; i++) {
        events.add(traffic.one("site " + (char) ('a' + value), "watch", minute));
      }
    }
    dashboard.live(events);
    open(
        "/#/overview?split=country&measures=user_id_distinct&filter.device=watch&from="
            + Dashboard.sinceAnHour());
    String rest = value("(rest)", minute);
    tab.until(rest + " > 0");
    tab.page().evaluate("setInterval(() => { window.gone ||= !(" + rest + " > 0); }, 50)");
    String shown = value("site a", minute);
    int before = ((Number) tab.page().evaluate(shown)).intValue();

    dashboard.live(Stream.generate(() -> traffic.one("site a", "watch", minute)).limit(5).toList());
    tab.until(shown + " > " + before);
    assertThat((Boolean) tab.page().evaluate("Boolean(window.gone)")).isFalse();
    assertThat((Boolean) tab.page().evaluate(rest + " > 0")).isTrue();
    assertThat(tab.complaints()).isEmpty();
  }

  /** What a series of the chart has for a minute. */
  private static String value(String series, Instant minute) {
    return """
        (option => option.series.find(one => one.name === '%s')
          ?.data[option.xAxis[0].data.indexOf('%d')])(echarts.getInstanceByDom(document.querySelector('#page .chart')).getOption())"""
        .formatted(series, minute.toEpochMilli());
  }

  @Test
  void aTabThatNobodySeesKeepsNoConnection() {
    open("/#/overview");
    assertThat(tab.find("#connection")).hasText("live");
    List<String> ended = new CopyOnWriteArrayList<>();
    tab.page().onRequestFailed(request -> ended.add(request.url()));
    listen();

    seen(false);
    tab.page().waitForCondition(() -> ended.stream().anyMatch(STREAM.asPredicate()));
    tab.page().waitForRequest(STREAM, () -> seen(true));
    assertThat(tab.find("#connection")).hasText("live");
    assertThat(said()).doesNotContain("reconnecting");
    assertThat(tab.complaints()).isEmpty();
  }

  private void seen(boolean visible) {
    tab.page()
        .evaluate(
            "hidden => { Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden}); document.dispatchEvent(new Event('visibilitychange')); }",
            !visible);
  }

  /** Keeps all that the sign of the connection says from now on. */
  private void listen() {
    tab.page()
        .evaluate(
            """
            window.said = [];
            new MutationObserver(() => said.push(document.querySelector('#connection').textContent))
              .observe(document.querySelector('#connection'), {childList: true, characterData: true, subtree: true})""");
  }

  private List<String> said() {
    return texts("window.said");
  }

  @Test
  void onlyACutThatLastsIsTold() {
    open("/#/overview");
    assertThat(tab.find("#connection")).hasText("live");
    listen();
    AtomicInteger streams = new AtomicInteger();
    AtomicBoolean away = new AtomicBoolean();
    Route.FulfillOptions endsAtOnce =
        new Route.FulfillOptions().setContentType("text/event-stream").setBody("retry: 300\n\n");
    tab.page()
        .route(
            STREAM,
            route -> {
              streams.incrementAndGet();
              if (away.get()) {
                route.abort();
              } else {
                route.fulfill(endsAtOnce);
              }
            });
    tab.page().keyboard().press("2");
    tab.page().waitForCondition(() -> streams.get() > 3);
    assertThat(said()).as("streams that end at once").doesNotContain("reconnecting");

    away.set(true);
    assertThat(tab.find("#connection")).hasText("reconnecting");
    tab.page().unroute(STREAM);
    assertThat(tab.find("#connection")).hasText("live");
  }
}
