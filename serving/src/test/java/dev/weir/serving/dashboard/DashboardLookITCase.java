package dev.weir.serving.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the pages look: on a phone, in the dark, and whether everybody can read them. */
@ExtendWith(SharedDashboard.class)
class DashboardLookITCase {
  private static final String DAYS = "?from=2026-03-01&to=2026-03-09";
  private static final List<String> PAGES =
      List.of("overview", "explore", "top", "heatmap", "percentiles", "health");

  private static Dashboard dashboard;

  @BeforeAll
  static void start(Dashboard shared) {
    dashboard = shared;
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "explore", "top", "heatmap", "percentiles", "health"})
  void fitsAPhone(String page) {
    Browser.NewContextOptions phone =
        new Browser.NewContextOptions()
            .setViewportSize(360, 740)
            .setDeviceScaleFactor(2)
            .setHasTouch(true)
            .setIsMobile(true);
    try (Tab tab =
        dashboard
            .open("/#/" + page + DAYS + "&split=country&filter.country=DE&filter.country=FR", phone)
            .loaded()) {
      assertThat(tab.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
      Object cut =
          tab.page()
              .evaluate(
                  """
                  [...document.querySelectorAll('main *, header *, .bar *')]
                    .filter(one => !one.closest('.scroll, #nav, .unseen, .skip, svg, [popover]'))
                    .filter(one => one.getBoundingClientRect().right > 361)
                    .map(one => one.outerHTML.slice(0, 120))""");
      assertThat((List<?>) cut).as("elements beyond the right edge").isEmpty();
      assertThat(tab.complaints()).isEmpty();
      tab.picture("phone-" + page);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "health"})
  void aLongFigureStaysInOneLineOfANarrowTile(String page) {
    try (Tab tab = dashboard.open("/#/" + page + DAYS).loaded()) {
      Object lines =
          tab.page()
              .evaluate(
                  """
                  import('/js/dom.js').then(({ figure }) => {
                    const tile = document.querySelector('.tile');
                    tile.style.width = '122px';
                    const strong = tile.querySelector('strong');
                    figure(strong, '13,296,123.45');
                    const text = document.createRange();
                    text.selectNodeContents(strong);
                    return text.getClientRects().length;
                  })""");
      assertThat(lines).isEqualTo(1);
    }
  }

  @Test
  void opensPanelsAsSheetsOnAPhone() {
    Browser.NewContextOptions phone =
        new Browser.NewContextOptions().setViewportSize(360, 740).setHasTouch(true);
    try (Tab tab = dashboard.open("/#/overview" + DAYS, phone).loaded()) {
      tab.find("#add-filter").tap();
      var sheet = tab.find(".panel:popover-open").boundingBox();
      assertThat(sheet.x).isZero();
      assertThat(sheet.y + sheet.height).isEqualTo(740);
    }
  }

  @Test
  void isDarkWhereTheSystemIsAndRemembersAChoice() {
    Browser.NewContextOptions dark =
        new Browser.NewContextOptions().setViewportSize(1360, 900).setColorScheme(ColorScheme.DARK);
    try (Tab tab = dashboard.open("/#/overview" + DAYS, dark).loaded()) {
      assertThat(tab.find("html")).hasAttribute("data-theme", "dark");
      assertThat(tab.find("body")).hasCSS("background-color", "rgb(14, 21, 27)");
      tab.picture("dark-overview");
      tab.page().keyboard().press("d");
      assertThat(tab.find("html")).hasAttribute("data-theme", "light");
      tab.page().reload();
      tab.loaded();
      assertThat(tab.find("html")).hasAttribute("data-theme", "light");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void movesNothingForThoseWhoAskForThat() {
    Browser.NewContextOptions calm =
        new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);
    try (Tab tab = dashboard.open("/#/overview" + DAYS, calm).loaded()) {
      assertThat(tab.page().evaluate("document.getAnimations().length")).isEqualTo(0);
    }
  }

  @Test
  void updatesDoNotMoveThePage() {
    try (Tab tab = dashboard.open("/#/overview?from=" + Dashboard.sinceAnHour()).loaded()) {
      tab.page()
          .evaluate(
              """
              window.shift = 0;
              new PerformanceObserver(list => list.getEntries().forEach(one => { window.shift += one.value; }))
                .observe({ type: 'layout-shift' });""");
      long before = tab.count("events");
      dashboard.live(25);
      assertThat(tab.tile("events").locator("strong"))
          .hasText(String.format(Locale.ROOT, "%,d", before + 25));
      assertThat(((Number) tab.page().evaluate("window.shift")).doubleValue()).isLessThan(0.01);
    }
  }

  @Test
  void everyTextHasEnoughContrastAndEveryControlAName() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (String page : PAGES) {
        Browser.NewContextOptions options =
            new Browser.NewContextOptions()
                .setViewportSize(1360, 900)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE);
        try (Tab tab =
            dashboard
                .open("/#/" + page + DAYS + "&split=country&filter.device=phone", options)
                .loaded()) {
          assertThat(Accessibility.violations(tab.page())).as(page + " " + scheme).isEmpty();
        }
      }
    }
  }
}
