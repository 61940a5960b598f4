package dev.weir.serving.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard says when something is wrong: with the address, the data or the database. */
class DashboardTroubleITCase {
  @TempDir private static Path folder;
  private static Dashboard dashboard;

  @BeforeAll
  static void start() throws IOException {
    dashboard = new Dashboard(folder);
  }

  @AfterAll
  static void stop() {
    dashboard.close();
  }

  @Test
  void saysThatTheDatabaseIsAwayAndGoesOnByItself() throws SQLException {
    try (Tab tab = dashboard.open("/#/overview?from=2026-03-01&to=2026-03-09").loaded()) {
      String shown = tab.tile("events").innerText();
      connections(false);
      try {
        Locator trouble = tab.find("#trouble");
        assertThat(trouble).containsText("database", patiently());
        assertThat(trouble).containsText("it goes on by itself");
        assertThat(tab.tile("events").innerText()).as("what was shown stays").isEqualTo(shown);
        tab.picture("database-away");
      } finally {
        connections(true);
      }
      assertThat(tab.find("#trouble"))
          .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
    }
  }

  private static LocatorAssertions.ContainsTextOptions patiently() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);
  }

  /** Allows or ends all connections to the database under test, from another one of its server. */
  private static void connections(boolean allowed) throws SQLException {
    String url = dashboard.log().database().jdbcUrl();
    String name = url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    try (Connection connection =
            DriverManager.getConnection(
                url.replace("/" + name, "/postgres"), dashboard.log().database().user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
      if (!allowed) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + name
                + "'");
      }
    }
  }

  @Test
  void saysThatTheNewestEventLiesAheadOfTheClock() {
    moveNewestEvent("+");
    try (Tab tab = dashboard.open("/#/health").loaded()) {
      assertThat(tab.find(".freshness dd").nth(1))
          .containsText(Pattern.compile("newest event \\d+ years ahead of the clock"));
    } finally {
      moveNewestEvent("-");
    }
  }

  private static void moveNewestEvent(String sign) {
    dashboard
        .log()
        .database()
        .execute(
            "UPDATE weir.ledger SET max_event_time = max_event_time "
                + sign
                + " interval '36500 days' WHERE commit = (SELECT max(commit) FROM weir.ledger)");
  }

  @Test
  void namesEverythingThatIsWrongWithAnAddress() {
    try (Tab tab =
        dashboard.open("/#/explore?from=yesterday&granularity=fortnight&compare=never")) {
      assertThat(tab.find("#trouble")).containsText("The query cannot be answered as it is");
      assertThat(tab.find("#trouble")).containsText("'yesterday' is not a time");
      assertThat(tab.find("#trouble")).containsText("compare: 'never'");
      assertThat(tab.find("#granularity")).hasValue("auto");
      assertThat(tab.find("#range")).hasText("yesterday – now");
      tab.picture("wrong-address");
      tab.find("#trouble a").click();
      assertThat(tab.find("#trouble")).isHidden();
      assertThat(tab.find(".result tbody tr").first()).isVisible();
      assertThat(tab.complaints())
          .as("the browser notes the refusals, and nothing else")
          .allMatch(complaint -> complaint.contains("status of 400"));
    }
  }

  @Test
  void leavesOutWhatTheCubeDoesNotHave() {
    try (Tab tab =
        dashboard
            .open(
                "/#/nowhere?cube=nothing&split=colour&filter.colour=red&measures=weight&tz=Mars/Olympus")
            .loaded()) {
      assertThat(tab.find("#cube")).hasValue("sales");
      assertThat(tab.find("#nav [aria-current]")).hasText("Overview");
      assertThat(tab.find("#zone")).hasValue("UTC");
      assertThat(tab.find("#trouble")).isHidden();
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void textOfAnEventIsNeverMarkup() {
    try (Tab tab =
        dashboard
            .open("/#/overview?filter.country=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
            .loaded()) {
      assertThat(tab.find(".chip")).containsText("<img src=x onerror=alert(1)>");
      assertThat(tab.find(".chip img")).hasCount(0);
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void showsWhatIsWrongWithTheData() {
    dashboard
        .log()
        .database()
        .execute(
            """
            UPDATE weir.ledger_source SET records_in = records_in + 2, dead_lettered = 2 WHERE commit = 2;
            INSERT INTO weir.dead_letter_count VALUES (2, 'clicks', 'MALFORMED_JSON', 2);
            INSERT INTO weir.dead_letter_sample VALUES (2, 'clicks', 'clicks', 0, 7, now(), 'MALFORMED_JSON', 'no brace', '<b>{"caf\u00e9');
            INSERT INTO weir.batch_run (kind, version, state, through_commit, finished_at) OVERRIDING SYSTEM VALUE
              VALUES ('verify', 2, 'verified', 2, now());
            INSERT INTO weir.reconciliation (version, check_name, subject, event_hour, agrees, compared, detail)
              SELECT version, 'archive-complete', 'a.parquet', '2026-03-01T10:00Z', false, 7, 'is missing' FROM weir.batch_run WHERE kind = 'verify';
            INSERT INTO weir.sealed_hour (event_hour, reason, detail) VALUES ('2026-03-01T11:00Z', 'damaged', 'b.parquet is gone')""");
    try (Tab tab = dashboard.open("/#/health").loaded()) {
      assertThat(tab.find(".verdict")).containsText("1 disagreement found, not yet mended");
      assertThat(tab.find("#disagreements"))
          .containsText("archive-complete: a.parquet, 2026-03-01 10:00: is missing");
      assertThat(tab.find("#sealed-hours"))
          .containsText("2026-03-01 11:00 is sealed (damaged): b.parquet is gone");
      assertThat(tab.find("#conservation-verdict")).containsText("✓");
      assertThat(tab.find("#runs")).containsText("published");
      Locator letter = tab.find("#dead-letters details");
      letter.locator("summary").click();
      assertThat(letter.locator("pre")).hasText("<b>{\"café");
      assertThat(letter).containsText("clicks, partition 0, offset 7");

      // It stays open when the page is drawn again.
      dashboard
          .log()
          .database()
          .execute(
              "UPDATE weir.dead_letter_count SET records = 3; UPDATE weir.ledger_source SET records_in = records_in + 1, dead_lettered = 3 WHERE commit = 2");
      assertThat(letter.locator(".count")).hasText("3");
      assertThat(letter.locator("pre")).isVisible();
      assertThat(tab.complaints()).isEmpty();
      tab.picture("health-trouble");
    }
  }
}
