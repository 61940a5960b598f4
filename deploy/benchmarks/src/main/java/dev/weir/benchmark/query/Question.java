package dev.weir.benchmark.query;

/**
 * A question that a person or a dashboard asks.
 *
 * @param name what it is called in the figures
 * @param live its path and parameters below {@code /api/v1}; the range ends now
 * @param settled the same with a range that ends before the live part, with whole buckets: it can
 *     be answered from the cache
 * @param statement name of the script that asks the same in SQL
 */
record Question(String name, String live, String settled, String statement) {
  private static final String TRAFFIC = "/api/v1/cubes/traffic/rows?";
  private static final String ROUTES = "/api/v1/cubes/routes/rows?";

  /** The questions that latencies are promised for; the first one's answer is a page of many. */
  static Question[] all() {
    return new Question[] {
      of(
          "24 h by minute and series, p95 (20,000 rows a page)",
          TRAFFIC
              + "granularity=minute&dimensions=event_type,user_segment&measures=event_count,value_p95&limit=20000",
          "now-24h",
          "now-1h/h",
          "day_by_minute"),
      of(
          "24 h by minute, p95",
          TRAFFIC + "granularity=minute&measures=event_count,value_p95&limit=2000",
          "now-24h",
          "now-1h/h",
          "day_by_minute_total"),
      of(
          "30 days by hour, p95",
          TRAFFIC + "granularity=hour&measures=event_count,value_avg,value_p95",
          "now-30d/d",
          "now-1h/h",
          "month_by_hour"),
      of(
          "90 days by day, distinct users",
          TRAFFIC + "granularity=day&measures=event_count,user_id_distinct",
          "now-90d/d",
          "now/d",
          "quarter_by_day"),
      of(
          "24 h, top 10 of 1,200 series",
          ROUTES
              + "granularity=total&dimensions=event_type,user_segment,route&measures=event_count&top=10",
          "now-24h/h",
          "now-1h/h",
          "top_series"),
    };
  }

  private static Question of(
      String name, String path, String from, String settled, String statement) {
    String range = path + "&from=" + from + "&to=";
    // Not the hour before the present one: what is late by some minutes must be committed, too.
    return new Question(name, range + "now", range + settled, statement);
  }
}
