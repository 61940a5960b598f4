package dev.weir.serving.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.weir.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a product manager does with the dashboard, in a real browser over real numbers. */
class DashboardITCase extends OneTab {
  /** The fixed days of the history. */
  private static final String DAYS = "from=2026-03-01&to=2026-03-09";

  private static long fixed(Predicate<Event> wanted) {
    return dashboard.fixed().stream().filter(wanted).count();
  }

  private static Predicate<Event> country(String name) {
    return event -> name.equals(event.dimensions()[1]);
  }

  @Test
  void numbersMoveWithoutAReload() {
    open("/#/overview?from=" + Dashboard.sinceAnHour());
    tab.page().evaluate("window.kept = true");
    long before = tab.count("events");

    dashboard.live(40);
    assertThat(tab.tile("events").locator("strong")).hasText(text(before + 40));
    dashboard.commitPending();
    dashboard.live(2);
    assertThat(tab.tile("events").locator("strong")).hasText(text(before + 42));

    assertThat(tab.find("#connection")).hasText("live");
    assertThat(tab.find("#trouble")).isHidden();
    assertThat((Boolean) tab.page().evaluate("window.kept")).isTrue();
    tab.picture("overview-live");
  }

  @Test
  void aValueOfATopListFiltersAndTheBackButtonGoesBack() {
    open("/#/overview?" + DAYS);
    Locator events = tab.tile("events").locator("strong");
    assertThat(events).hasText(text(dashboard.fixed().size()));

    tab.find(".toplist button:has(.name:text-is('FR'))").click();
    assertThat(events).hasText(text(fixed(country("FR"))));
    assertThat(tab.page()).hasURL(Pattern.compile("filter\\.country=FR"));
    assertThat(tab.find(".chips")).containsText("country = FR");
    tab.find(".toplist button:has(.name:text-is('US'))").click();
    assertThat(events).hasText(text(fixed(country("FR").or(country("US")))));

    tab.page().goBack();
    assertThat(events).hasText(text(fixed(country("FR"))));
    tab.find(".chip").click();
    assertThat(events).hasText(text(dashboard.fixed().size()));
    tab.picture("overview");
  }

  @Test
  void anAddressShowsTheSameNumbersToSomebodyElse() {
    open(
        "/#/explore?"
            + DAYS
            + "&measures=event_count,value_sum,value_p99.9,user_id_distinct"
            + "&split=event_type&granularity=day&filter.country=DE&exclude.device=tablet&tz=Europe/Zurich");
    List<String> rows = tab.find(".result tbody tr").allInnerTexts();
    assertThat(rows).hasSizeGreaterThan(30);

    try (Tab other = dashboard.open(tab.page().url().replaceFirst("^http://[^/]+", ""))) {
      other.loaded();
      assertThat(other.find(".result tbody tr").allInnerTexts()).isEqualTo(rows);
      assertThat(other.page().url()).isEqualTo(tab.page().url());
      assertThat(other.complaints()).isEmpty();
    }
  }

  @Test
  void exploresByClicking() {
    open("/#/explore?" + DAYS);
    tab.find("#split").selectOption("country");
    tab.find("#granularity").selectOption("total");
    tab.find("#top").selectOption("3");
    tab.find("#measures").click();
    tab.find(".panel input[value=value_sum]").check();
    tab.find(".panel input[name=percent]").fill("99.9");
    tab.find(".panel button:text-is('Add')").click();
    assertThat(tab.page()).hasURL(Pattern.compile("measures=event_count,value_sum,value_p99\\.9"));
    tab.page().keyboard().press("Escape");
    tab.loaded();

    assertThat(tab.column("country")).containsExactlyInAnyOrder("DE", "FR", "US", "(rest)");
    List<String> countries = tab.column("country");
    List<String> events = tab.column("events");
    assertThat(events.get(countries.indexOf("FR"))).isEqualTo(text(fixed(country("FR"))));
    assertThat(events.get(countries.indexOf("(rest)")))
        .isEqualTo(text(fixed(country("DE").or(country("FR")).or(country("US")).negate())));
    assertThat(tab.find(".result tfoot")).containsText(text(dashboard.fixed().size()));
    assertThat(tab.column("value p99.9")).allMatch(value -> value.matches("[0-9,.]+"));

    tab.find("#other").selectOption("false");
    assertThat(tab.find(".result tbody tr")).hasCount(3);
    tab.find(".result th button:text-is('events')").click();
    assertThat(tab.column("country")).containsExactly("DE", "FR", "US");
    tab.find(".result th button:text-is('events')").click();
    assertThat(tab.column("country")).containsExactly("US", "FR", "DE");
  }

  @Test
  void findsAValueBySearchingAndExcludesIt() {
    open("/#/overview?" + DAYS);
    tab.page().keyboard().press("f");
    Locator panel = tab.find(".panel:popover-open");
    panel.getByLabel("Dimension").selectOption("country");
    panel.getByLabel("Condition").selectOption("not");
    panel.getByLabel("Search a value").fill("d");
    assertThat(panel.locator(".values li")).hasCount(2);
    tab.page().keyboard().press("ArrowDown");
    tab.page().keyboard().press("Space");
    tab.page().keyboard().press("Escape");

    assertThat(panel).isHidden();
    assertThat(tab.find("#add-filter")).isFocused();
    assertThat(tab.page()).hasURL(Pattern.compile("exclude\\.country=DE"));
    assertThat(tab.tile("events").locator("strong")).hasText(text(fixed(country("DE").negate())));
  }

  @Test
  void comparesWithAnEarlierPeriodAndFillsGaps() {
    open("/#/explore?from=2026-03-08&to=2026-03-10&granularity=day&compare=1d&fill=zero");

    assertThat(tab.column("events").get(0)).isEqualTo(text(day(7)));
    assertThat(tab.column("events before").get(0)).isEqualTo(text(day(6)));
    assertThat(tab.column("events")).containsExactly(text(day(7)), "0");
    tab.find("#fill").selectOption("none");
    assertThat(tab.find(".result tbody tr")).hasCount(1);
  }

  private static long day(int number) {
    long millis = Dashboard.FIXED_FROM.toEpochMilli() + number * 86_400_000L;
    return fixed(event -> Math.floorDiv(event.hourMillis() - millis, 86_400_000L) == 0);
  }

  @Test
  void draggingAcrossTheChartShowsThatPart() {
    open("/#/overview?from=2026-03-02&to=2026-03-04");
    Locator chart = tab.find("#page .chart");
    var box = chart.boundingBox();
    tab.page().mouse().move(box.x + box.width * 0.4, box.y + 100);
    tab.page().mouse().down();
    tab.page().mouse().move(box.x + box.width * 0.6, box.y + 110);
    tab.page().mouse().up();

    assertThat(tab.page()).hasURL(Pattern.compile("from=2026-03-02T\\d\\d:00:00Z&to=2026-03-03T"));
    // The address is there first: until then the numbers are the former ones, and loaded.
    assertThat(tab.tile("events").locator("strong")).not().hasText(text(day(1) + day(2)));
    tab.loaded();
    assertThat(tab.count("events")).isBetween(1L, (day(1) + day(2)) / 2);
  }

  @Test
  void draggingBeyondTheEdgesShowsAllUpToThem() {
    open("/#/overview?from=2026-03-02&to=2026-03-04");
    var box = tab.find("#page .chart").boundingBox();
    tab.page().mouse().move(box.x + box.width * 0.6, box.y + 100);
    tab.page().mouse().down();
    tab.page().mouse().move(2, box.y + 110);
    tab.page().mouse().up();
    assertThat(tab.page())
        .hasURL(Pattern.compile("from=2026-03-02T00:00:00Z&to=2026-03-03T\\d\\d:00:00Z"));
    tab.loaded();

    tab.page().mouse().move(box.x + box.width * 0.5, box.y + 100);
    tab.page().mouse().down();
    tab.page().mouse().move(box.x + box.width + 20, box.y + 110);
    tab.page().mouse().up();
    assertThat(tab.page()).not().hasURL(Pattern.compile("from=2026-03-02T00"));
    tab.loaded();
    assertThat(tab.count("events")).isBetween(1L, day(1) + day(2));
  }

  @Test
  void aChartThatIsGoneHoldsNothing() {
    open("/#/explore?" + DAYS + "&granularity=day&measures=event_count,value_sum");
    assertThat(tab.find(".panel-chart")).hasCount(2);
    tab.page().evaluate("window.gone = document.querySelectorAll('.panel-chart .chart')[1]");
    assertThat(tab.page().evaluate("Boolean(echarts.getInstanceByDom(gone))")).isEqualTo(true);

    tab.find("#measures").click();
    tab.find(".panel input[value=value_sum]").uncheck();
    assertThat(tab.find(".panel-chart")).hasCount(1);
    assertThat(tab.page().evaluate("Boolean(echarts.getInstanceByDom(gone))")).isEqualTo(false);
  }

  @Test
  void aDownloadHoldsTheNumbersThatAreShown() throws IOException {
    open(
        "/#/explore?"
            + DAYS
            + "&split=country&granularity=day&top=all&measures=event_count,value_sum");
    Download download =
        tab.page().waitForDownload(() -> tab.find(".exports a:text-is('CSV')").click());
    List<String> lines = Files.readString(download.path(), StandardCharsets.UTF_8).lines().toList();
    List<String> head =
        List.of(lines.get(0).replace("\ufeff", "").replace("\"", "").split(",", -1));
    int events = head.indexOf("event_count");
    long sum =
        lines.stream()
            .skip(1)
            .mapToLong(line -> Long.parseLong(line.split(",", -1)[events].replace("\"", "")))
            .sum();

    assertThat(sum).isEqualTo(dashboard.fixed().size());
    assertThat(tab.find(".result tfoot")).containsText(text(sum));
    for (String format : List.of("xlsx", "pdf", "parquet", "ndjson")) {
      String path = tab.find(".exports a[data-format=" + format + "]").getAttribute("href");
      var answer = tab.page().request().get(dashboard.address(path));
      assertThat(answer.status()).as(format).isEqualTo(200);
      assertThat(answer.body()).as(format).hasSizeGreaterThan(500);
    }
  }

  @Test
  void copiesALinkSqlAndACommand() throws IOException {
    open(
        "/#/explore?"
            + DAYS
            + "&granularity=total&measures=event_count,value_sum,value_p95,user_id_distinct&filter.country=DE");
    String sql = tab.copied("#copy-sql");
    assertThat(sql).startsWith("SELECT").contains("FROM serving.sales_hour");
    assertThat(
            dashboard
                .log()
                .database()
                .query("SELECT value_sum FROM (" + sql.replace(";", "") + ") AS asked"))
        .isEqualTo(tab.column("value sum").get(0).replace(",", ""));
    assertThat(
            dashboard
                .log()
                .database()
                .query("SELECT user_id_distinct FROM (" + sql.replace(";", "") + ") AS asked"))
        .isEqualTo(tab.column("user_id distinct").get(0).replace(",", ""));
    assertThat(tab.copied("#copy-curl"))
        .startsWith("curl -s 'http://127.0.0.1")
        .contains("/api/v1/cubes/sales/rows?");
    assertThat(tab.copied("#copy-link")).isEqualTo(tab.page().url());
    assertThat(tab.find("#said")).containsText("The link is in the clipboard");
  }

  @Test
  void theHeatMapAddsUpHoursOfAWeek() {
    open("/#/heatmap?from=2026-03-02&to=2026-03-09&tz=Europe/Zurich");
    // Monday 2 March, 11 o'clock in Zurich is 10 o'clock UTC.
    long hour = Dashboard.FIXED_FROM.toEpochMilli() + (24 + 10) * 3_600_000L;
    Locator cell = tab.find(".heat tbody tr:nth-child(1) td:nth-of-type(12)");

    assertThat(cell)
        .hasAttribute(
            "aria-label",
            "Mon 11 o’clock: " + fixed(event -> event.hourMillis() == hour) + " events");
    cell.focus();
    tab.page().keyboard().press("ArrowDown");
    assertThat(tab.find(".heat tbody tr:nth-child(2) td:nth-of-type(12)")).isFocused();
    tab.picture("heatmap");
  }

  @Test
  void percentilesAreWithinTheirError() {
    open("/#/percentiles?" + DAYS);
    long[] cents =
        dashboard.fixed().stream().mapToLong(event -> event.numbers()[0]).sorted().toArray();
    for (String percent : List.of("90", "95", "99", "99.9")) {
      double exact =
          cents[(int) Math.ceil(cents.length * Double.parseDouble(percent) / 100) - 1] / 100.0;
      assertThat(tab.number("p" + percent)).as(percent).isBetween(exact * 0.99, exact * 1.01);
    }
    tab.picture("percentiles");
    tab.find("#cube").selectOption("visits");
    assertThat(tab.find("#page")).containsText("The cube visits has no percentiles");
  }

  @Test
  void topListsShowEveryDimensionByAnyMeasure() {
    open("/#/top?" + DAYS + "&top=5");
    tab.find("#measure").selectOption("value_sum");
    tab.loaded();

    assertThat(tab.find(".toplist")).hasCount(3);
    assertThat(tab.find(".toplist").nth(1).locator("li")).hasCount(5);
    assertThat(tab.find(".toplist").nth(0).locator(".name").first())
        .hasText(Pattern.compile("purchase|add_to_cart"));
    tab.picture("top-lists");
  }

  @Test
  void sayWhatToDoWhereNothingIs() {
    open("/#/overview?from=2026-05-01&to=2026-05-02");
    assertThat(tab.find(".empty")).containsText("Nothing in this range");
    tab.picture("empty");

    tab.find(".empty button:text-is('Show everything there is')").click();
    assertThat(tab.find(".empty")).hasCount(0);
    assertThat(tab.page()).hasURL(Pattern.compile("from=all"));
    assertThat(tab.find("#page .chart canvas")).isVisible();
    assertThat(tab.find("#granularity")).hasCount(0);
  }

  @Test
  void choosesARangeByKeyboard() {
    open("/#/overview");
    tab.page().keyboard().press("r");
    assertThat(tab.find(".presets button[aria-pressed=true]")).isFocused();
    tab.find(".panel:popover-open input[name=from]").fill("2026-03-01T00:00");
    tab.find(".panel:popover-open input[name=to]").fill("2026-03-02T00:00");
    tab.page().keyboard().press("Enter");
    assertThat(tab.tile("events").locator("strong")).hasText(text(day(0)));

    tab.page().keyboard().press("]");
    assertThat(tab.tile("events").locator("strong")).hasText(text(day(1)));
    tab.page().keyboard().press("[");
    assertThat(tab.tile("events").locator("strong")).hasText(text(day(0)));
  }

  @Test
  void keysReachEverything() {
    open("/#/overview?" + DAYS);
    tab.page().keyboard().press("Tab");
    assertThat(tab.find("#skip")).isFocused();
    assertThat(tab.find("#skip")).isInViewport();
    tab.page().keyboard().press("Enter");
    assertThat(tab.find("#page")).isFocused();
    tab.page().keyboard().press("Tab");
    Locator tile = tab.find(".tile").first();
    assertThat(tile).isFocused();
    assertThat(tile).hasCSS("outline-style", "solid");
    tab.page().keyboard().press("Tab");
    tab.page().keyboard().press("Enter");
    assertThat(tab.find(".tile").nth(1)).hasAttribute("aria-pressed", "true");
    assertThat(tab.find(".tile").nth(1)).isFocused();

    tab.page().keyboard().press("2");
    assertThat(tab.page()).hasURL(Pattern.compile("#/explore\\?.*from=2026-03-01"));
    assertThat(tab.page()).hasTitle("Explore – Weir");
    tab.page().keyboard().press("?");
    Locator help =
        tab.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keys"));
    assertThat(help).isVisible();
    tab.page().keyboard().press("Escape");
    assertThat(help).hasCount(0);
    tab.page().keyboard().press("6");
    assertThat(tab.find("#nav [aria-current]")).hasText("Data health");
    assertThat(tab.find("#bar")).isHidden();
  }

  private static String text(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
