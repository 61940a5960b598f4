package dev.weir.serving.cube;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Questions about the sample's traffic, as the API would be asked them.
 *
 * @param first when their ranges begin at the earliest; four days later at the latest
 * @param dimensions of events: what is filtered by
 */
record RandomQuestions(
    SplittableRandom random, Instant first, List<Map<String, String>> dimensions) {
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe");
  private static final List<String> MEASURES =
      List.of(
          "event_count",
          "value_count",
          "value_sum",
          "value_min",
          "value_max",
          "value_avg",
          "value_p95",
          "value_p99.9",
          "value_p12_5",
          "user_id_distinct");

  /** The parameters of one. */
  MultiValueMap<String, String> next() {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    Granularity granularity = one(List.of(Granularity.values()));
    Instant from = first.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
    int minutes = granularity == Granularity.MINUTE ? 400 : 4 * 24 * 60;
    parameters.add("granularity", granularity.text());
    parameters.add("from", from.toString());
    parameters.add("to", from.plus(Duration.ofMinutes(1 + random.nextInt(minutes))).toString());
    parameters.add("tz", one(ZONES));
    for (String dimension : List.of("source", "event_type", "user_segment", "http_status")) {
      if (random.nextInt(3) == 0) {
        parameters.add("dimensions", dimension);
      }
      if (random.nextInt(5) == 0) {
        parameters.add(one(List.of("filter.", "exclude.")) + dimension, value(dimension));
        parameters.add("filter." + dimension, value(dimension));
        if (random.nextBoolean()) {
          parameters.add("absent", dimension);
        }
      }
    }
    for (String measure : MEASURES) {
      if (random.nextInt(3) == 0) {
        parameters.add("measures", measure);
      }
    }
    parameters.add("fill", one(List.of("none", "none", "zero", "null")));
    if (parameters.containsKey("dimensions") && random.nextBoolean()) {
      parameters.add("top", String.valueOf(1 + random.nextInt(4)));
      parameters.add("top_by", one(MEASURES));
      parameters.add("other", String.valueOf(random.nextBoolean()));
    }
    if (random.nextBoolean()) {
      boolean months = granularity == Granularity.MONTH || granularity == Granularity.TOTAL;
      List<String> periods = List.of("previous", "1d", "90m", "7h", months ? "1M" : "1w");
      parameters.add("compare", one(periods));
    }
    return parameters;
  }

  /** Mostly one that some event has. */
  private String value(String dimension) {
    String value = dimensions.get(random.nextInt(dimensions.size())).get(dimension);
    return value == null ? "nothing" : value;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
