package dev.weir.serving.openapi;

import java.util.List;

/**
 * A parameter of a question to a cube.
 *
 * @param type of its value in JSON's words
 * @param repeated whether it may be given several times
 * @param live whether live rows take it, too
 */
record QueryParameter(
    String name, String type, boolean repeated, boolean live, String text, String example) {

  /** All of them, in the order in which a question is thought of. */
  static final List<QueryParameter> ALL =
      List.of(
          once(
              "from",
              "Start of the range: ISO-8601 with a zone, a local date or date and time (in tz), or"
                  + " relative: now, now-24h, now-7d/d; the units are m, h, d, w, M, and /d rounds down"
                  + " to the start of the day. Rounded down to a bucket. Without it the usual range of"
                  + " the granularity before to.",
              "now-24h"),
          once(
              "to",
              "End of the range, exclusive, written like from; rounded up to a bucket.",
              "now"),
          new QueryParameter(
              "tz",
              "string",
              false,
              true,
              "IANA time zone in which local times are read and buckets of an hour and more begin.",
              "Europe/Berlin"),
          once(
              "granularity",
              "How long buckets are: minute, hour, day, week (from Monday), month, or total for one"
                  + " over the whole range.",
              "hour"),
          new QueryParameter(
              "dimensions",
              "string",
              true,
              true,
              "Dimensions to group by, separated by commas; numbers are merged over the others.",
              "event_type"),
          new QueryParameter(
              "measures",
              "string",
              true,
              true,
              "Measures to show, separated by commas: those of the cube, or any percentile of a number"
                  + " that has one, such as value_p99.9. All of the cube's unless given.",
              "event_count,value_p99.9"),
          new QueryParameter(
              "filter.<dimension>",
              "string",
              true,
              true,
              "Only events with this value; repeated: with any of them.",
              "buy"),
          new QueryParameter(
              "exclude.<dimension>",
              "string",
              true,
              true,
              "No events with this value; repeated: with none of them.",
              "bot"),
          new QueryParameter(
              "absent",
              "string",
              true,
              true,
              "A dimension: only events without a value of it; beside a filter of the same dimension"
                  + " those, too.",
              "country"),
          new QueryParameter(
              "order",
              "string",
              true,
              true,
              "What rows are sorted by, separated by commas: bucket, a dimension or a measure, with a -"
                  + " before it for descending. By bucket and dimensions unless given; a total by"
                  + " -event_count.",
              "-event_count"),
          new QueryParameter(
              "top",
              "integer",
              false,
              true,
              "Only so many combinations of the dimensions: the largest over the whole range.",
              "10"),
          new QueryParameter(
              "top_by", "string", false, true, "The measure that top goes by.", "event_count"),
          new QueryParameter(
              "other",
              "boolean",
              false,
              true,
              "With top: all other combinations merged into one, whose dimensions are null.",
              "true"),
          new QueryParameter(
              "fill",
              "string",
              false,
              true,
              "Rows for buckets in which nothing happened: none, zero (counts, sums and distinct counts"
                  + " are 0, other measures null) or null.",
              "zero"),
          once(
              "compare",
              "Adds to each row the same measures of an earlier period: previous (as many buckets just"
                  + " before), or how far back, such as 1d, 4w; 1M for months and totals.",
              "7d"),
          new QueryParameter(
              "totals",
              "boolean",
              false,
              true,
              "Adds one row over the whole range; pages of JSON only.",
              "true"),
          new QueryParameter(
              "limit",
              "integer",
              false,
              false,
              "Most rows: 1000 unless given and at most 20000 as JSON, any number or all otherwise.",
              "100"),
          new QueryParameter(
              "offset", "integer", false, false, "Rows to leave out before them.", "0"),
          once(
              "format",
              "How the answer is written: json, page by page; or whole as ndjson, csv, xlsx, pdf or"
                  + " parquet. The Accept header says the same.",
              "json"));

  private static QueryParameter once(String name, String text, String example) {
    return new QueryParameter(name, "string", false, false, text, example);
  }
}
