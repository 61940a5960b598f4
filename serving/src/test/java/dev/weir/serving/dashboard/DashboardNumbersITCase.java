package dev.weir.serving.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether numbers are what they are said to be: exact, a mean, the same question in SQL. */
class DashboardNumbersITCase extends OneTab {
  @Test
  void exactNumbersKeepDigitsThatNoDoubleHas() {
    Instant time = Instant.parse("2026-06-01T10:00:00Z");
    dashboard.commit(List.of(new ShopTraffic(4).purchase(1_234_567_890_123_456_789L, time)));

    open("/#/explore?from=2026-06-01&to=2026-06-02&granularity=day&measures=value_sum&compare=1d");
    assertThat(tab.column("value sum")).containsExactly("12,345,678,901,234,567.89");
    assertThat(tab.find(".result tfoot")).containsText("12,345,678,901,234,567.89");
    open(
        "/#/explore?from=2026-06-02&to=2026-06-03&granularity=day&measures=value_sum&compare=1d&fill=zero");
    assertThat(tab.column("value sum before")).containsExactly("12,345,678,901,234,567.89");
    open("/#/overview?from=2026-06-01&to=2026-06-02");
    assertThat(tab.tile("value sum"))
        .hasAttribute("aria-label", "value sum 12,345,678,901,234,568");
  }

  /** The second of the two Mondays had no events. */
  @Test
  void hoursWithoutEventsCountInTheHeatMap() {
    long events =
        dashboard.fixed().stream().filter(event -> event.hourMillis() == monday()).count();

    open("/#/heatmap?from=2026-03-02&to=2026-03-16");
    String mean = events / 2 + (events % 2 == 0 ? "" : ".5");
    assertThat(cell(11)).hasAttribute("aria-label", "Mon 10 o’clock: " + mean + " events, 2 hours");
    assertThat(tab.find("#page .note")).containsText("those without events, too");
    tab.find("#measure").selectOption("value_max");
    assertThat(tab.find("#page .note")).containsText("Each cell: the largest of its hours, UTC.");

    open("/#/heatmap?from=2026-05-01&to=2026-05-20");
    assertThat(tab.find(".empty")).containsText("Nothing in this range");
  }

  @Test
  void theHeatMapSaysWhichHoursOfALongRangeAreInIt() {
    long events =
        dashboard.fixed().stream().filter(event -> event.hourMillis() == monday()).count();

    open("/#/heatmap?from=2023-08-01&to=2026-03-09");
    assertThat(cell(11)).hasAttribute("aria-label", "Mon 10 o’clock: " + events + " events");
    assertThat(tab.find("#page .note"))
        .containsText(
            "Only the newest 20,000 hours of the range are in it, from 2023-11-26 16:00.");
  }

  /** The start of the hour from ten o'clock on Monday 2 March. */
  private static long monday() {
    return Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
  }

  private Locator cell(int hour) {
    return tab.find(".heat tbody tr:nth-child(1) td:nth-of-type(" + hour + ")");
  }

  @Test
  void sqlSaysWhatItLeavesOutAndChoosesTheSameOfEqualOnes() {
    ShopTraffic traffic = new ShopTraffic(5);
    Instant time = Instant.parse("2026-06-10T10:00:00Z");
    dashboard.commit(
        Stream.of("XD", "XB", "XC", "XA").map(name -> traffic.one(name, "tv", time)).toList());

    open(
        "/#/explore?from=2026-06-10&to=2026-06-11&granularity=total&split=country&top=2&other=false&filter.device=tv");
    String sql = tab.copied("#copy-sql");
    assertThat(sql).startsWith("WITH largest");
    assertThat(tab.column("country")).containsExactly("XA", "XB");
    assertThat(
            dashboard
                .log()
                .database()
                .query(
                    "SELECT string_agg(country, ' ' ORDER BY country) FROM ("
                        + sql.replace(";", "")
                        + ") AS asked"))
        .isEqualTo("XA XB");

    tab.find("#other").selectOption("true");
    tab.find("#fill").selectOption("zero");
    tab.find("#compare").selectOption("1d");
    tab.loaded();
    String partial = tab.copied("#copy-sql");
    assertThat(partial)
        .startsWith(
            "-- Left out: the rest beyond the 2 largest; rows of buckets without events;"
                + " the comparison with an earlier period.\nWITH largest");
    assertThat(
            dashboard
                .log()
                .database()
                .query("SELECT count(*) FROM (" + partial.replaceFirst(";$", "") + ") AS asked"))
        .isEqualTo("2");
  }
}
