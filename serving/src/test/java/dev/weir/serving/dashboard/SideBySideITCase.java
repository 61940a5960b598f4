package dev.weir.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same question in SQL, over HTTP and on the page gives the same number. Its table is part of
 * the documentation, which is compared with what was found; with {@code -Dweir.documents=write} it
 * is written.
 */
@ExtendWith(SharedDashboard.class)
class SideBySideITCase {
  private static final Path DOCUMENT = Path.of("DASHBOARD.md");
  private static final String BEGIN = "<!-- side by side: written by SideBySideITCase -->\n";
  private static final String END = "<!-- end of side by side -->";
  private static final String DAYS = "from=2026-03-01&to=2026-03-09";
  private static final String IN_DAYS = "bucket >= '2026-03-01' AND bucket < '2026-03-09'";

  private static Dashboard dashboard;

  @BeforeAll
  static void start(Dashboard shared) {
    dashboard = shared;
  }

  /**
   * A question in its three forms.
   *
   * @param sql a statement of one value
   * @param query of the API; without what only the page needs, it is the page's address, too
   * @param measure whose value is asked for
   * @param title of the measure on the page
   * @param row of the answer that holds the value
   */
  private record Question(
      String words, String sql, String query, String measure, String title, int row) {
    String api() {
      return "/api/v1/cubes/sales/rows?" + query + "&measures=" + measure;
    }

    /** On the page a split is cut to the largest values unless it says that all are wanted. */
    String page() {
      String asked = query.replace("dimensions=", "split=");
      boolean all = asked.contains("split=") && !asked.contains("top=");
      return "#/explore?" + asked + (all ? "&top=all" : "") + "&measures=" + measure;
    }
  }

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "How many events were there from 1 to 8 March?",
              "SELECT sum(event_count) FROM serving.sales_hour WHERE " + IN_DAYS,
              DAYS + "&granularity=total",
              "event_count",
              "events",
              0),
          new Question(
              "What was sold to Germany?",
              "SELECT sum(value_sum) FROM serving.sales_hour WHERE "
                  + IN_DAYS
                  + " AND country = 'DE' AND event_type = 'purchase'",
              DAYS + "&granularity=total&filter.country=DE&filter.event_type=purchase",
              "value_sum",
              "value sum",
              0),
          new Question(
              "What does a purchase cost on average?",
              "SELECT round(sum(value_sum) / sum(value_count), 6) FROM serving.sales_day WHERE "
                  + IN_DAYS
                  + " AND event_type = 'purchase'",
              DAYS + "&granularity=total&filter.event_type=purchase",
              "value_avg",
              "value avg",
              0),
          new Question(
              "Which price do 5 % of all purchases exceed?",
              "SELECT weir.percentile(weir.merge(value_sketch), 0.95) * 0.01 FROM serving.sales_hour WHERE "
                  + IN_DAYS
                  + " AND event_type = 'purchase'",
              DAYS + "&granularity=total&filter.event_type=purchase",
              "value_p95",
              "value p95",
              0),
          new Question(
              "And one in a thousand, which nobody declared?",
              "SELECT weir.percentile(weir.merge(value_sketch), 0.999) * 0.01 FROM serving.sales_hour WHERE "
                  + IN_DAYS
                  + " AND event_type = 'purchase'",
              DAYS + "&granularity=total&filter.event_type=purchase",
              "value_p99.9",
              "value p99.9",
              0),
          new Question(
              "How many people came by phone on 2 March, as Zurich counts days?",
              "SELECT weir.distinct_count(weir.merge(user_id_hll)) FROM serving.sales_minute WHERE device = 'phone'"
                  + " AND bucket >= timestamp '2026-03-02' AT TIME ZONE 'Europe/Zurich'"
                  + " AND bucket < timestamp '2026-03-03' AT TIME ZONE 'Europe/Zurich'",
              "from=2026-03-02&to=2026-03-03&tz=Europe/Zurich&granularity=day&filter.device=phone",
              "user_id_distinct",
              "user_id distinct",
              0),
          new Question(
              "How many events came from the country with the most?",
              "SELECT sum(event_count) AS events FROM serving.sales_hour WHERE "
                  + IN_DAYS
                  + " GROUP BY country ORDER BY events DESC LIMIT 1",
              DAYS + "&granularity=total&dimensions=country",
              "event_count",
              "events",
              0),
          new Question(
              "What was the largest amount in the week from 2 March?",
              "SELECT max(value_max) FROM serving.sales_hour"
                  + " WHERE bucket >= '2026-03-02' AND bucket < '2026-03-09'",
              "from=2026-03-02&to=2026-03-09&granularity=week",
              "value_max",
              "value max",
              0),
          new Question(
              "How many events on 8 March did not come from the two largest countries?",
              "SELECT sum(event_count) FROM serving.sales_hour"
                  + " WHERE bucket >= '2026-03-08' AND bucket < '2026-03-09'"
                  + " AND coalesce(country, '') NOT IN (SELECT coalesce(country, '') FROM serving.sales_hour"
                  + " WHERE bucket >= '2026-03-08' AND bucket < '2026-03-09'"
                  + " GROUP BY country ORDER BY sum(event_count) DESC LIMIT 2)",
              "from=2026-03-08&to=2026-03-09&granularity=day&dimensions=country&top=2&other=true",
              "event_count",
              "events",
              2));

  @Test
  void sqlApiAndPageAgree() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Question question : QUESTIONS) {
      BigDecimal sql = new BigDecimal(dashboard.log().database().query(question.sql()));
      BigDecimal page;
      BigDecimal api;
      try (Tab tab = dashboard.open("/" + question.page()).loaded()) {
        page = new BigDecimal(tab.column(question.title()).get(question.row()).replace(",", ""));
        JsonNode answer =
            JsonMapper.builder()
                .build()
                .readTree(tab.page().request().get(dashboard.address(question.api())).text());
        api =
            answer
                .get("rows")
                .get(question.row())
                .get("measures")
                .get(question.measure())
                .decimalValue();
      }
      assertThat(api).as(question.words() + " API").isEqualByComparingTo(sql);
      assertThat(page).as(question.words() + " page").isEqualByComparingTo(sql);
      lines.add(line(question, sql));
    }
    assertDocumented(String.join("\n", lines));
  }

  private static String line(Question question, BigDecimal number) {
    return "| %s | `%s` | `%s` | `%s` | %s |"
        .formatted(
            question.words(),
            question.sql(),
            question.api(),
            question.page(),
            number.stripTrailingZeros().toPlainString());
  }

  private static void assertDocumented(String lines) throws IOException {
    String table =
        BEGIN
            + "| Question | SQL | API | Dashboard | Number, all three |\n|---|---|---|---|---|\n"
            + lines
            + "\n"
            + END;
    String text = Files.readString(DOCUMENT);
    if ("write".equals(System.getProperty("weir.documents"))) {
      String before = text.substring(0, text.indexOf(BEGIN));
      String after = text.substring(text.indexOf(END) + END.length());
      Files.writeString(DOCUMENT, before + table + after);
    } else {
      assertThat(text)
          .as("serving/DASHBOARD.md is stale: run this test with -Dweir.documents=write")
          .contains(table);
    }
  }
}
