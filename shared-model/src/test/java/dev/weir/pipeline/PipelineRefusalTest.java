package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake is found, in one run, with its line and what to write instead. */
class PipelineRefusalTest {
  private static final String VALID =
      """
      pipeline: web
      sources:
        - {name: clicks, topic: events, format: json}
        - {name: access, topic: access, format: access-log, fields: {user_id: client}}
      event:
        id: event_id
        time: timestamp
        dimensions: [event_type, route]
        identifiers: [user_id]
        numbers: [{name: value, scale: 4, min: 0, max: 1000}]
      duplicates: {within: 1h, scope: topic}
      cubes:
        - name: traffic
          dimensions: [event_type]
          measures: [count, {value: [sum, p95]}, {distinct: user_id}]
      commit: 10s
      live: 100ms
      archive: "file:///var/weir"
      retention: {archive: 90d}
      """;

  private static List<String> errors(String yaml) {
    try {
      PipelineReader.read(yaml);
      return List.of();
    } catch (InvalidPipelineException e) {
      return e.errors().stream().map(PipelineError::toString).toList();
    }
  }

  @Test
  void acceptsTheDeclarationTheCasesStartFrom() {
    assertThat(errors(VALID)).isEmpty();
  }

  @Test
  void listsAllErrorsOfADeclarationAtOnce() {
    assertThat(
            errors(
                """
                pipeline: Web Shop
                sorces: []
                sources:
                  - {name: clicks, topic: "no/topic", format: jsn}
                event:
                  dimensions: [event_type, status, event_type]
                  numbers: [{name: value, scale: 12, min: 0.00001}]
                cubes:
                  - {name: traffic, dimensions: [event_tpye], measures: [count]}
                  - {name: traffic, measures: [{value: [p100]}, {distinct: user_id}]}
                commit: 10
                archive: ftp://host/weir
                """))
        .containsExactly(
            "line 1: pipeline name 'Web Shop' is not a name;"
                + " use lower-case letters, digits and _, beginning with a letter",
            "line 2: unknown key sorces in the declaration; did you mean sources?",
            "line 4: unknown format jsn; did you mean json?",
            "line 4: topic of source clicks is 'no/topic';"
                + " a Kafka topic has 1 to 249 letters, digits, dots, _ and -",
            "line 6: event has no time; write time: <path of the event time>",
            "line 6: the field name status is a column that every cube has;"
                + " give it another name, such as {name: http_status, path: status}",
            "line 6: two fields are called event_type, the first in line 6;"
                + " rename one, such as {name: event_type_2, path: event_type}",
            "line 7: scale of value is '12'; write a whole number from 0 to 9",
            "line 9: cube traffic has the dimension event_tpye, which the event does not declare;"
                + " did you mean event_type?",
            "line 10: two cubes are called traffic, the first in line 9; rename one",
            "line 10: cube traffic has the percentile p100;"
                + " write p1 to p99, or with up to three decimals, such as p99.9;"
                + " p0 is min, p100 is max",
            "line 10: cube traffic counts distinct user_id,"
                + " which is not one of the event's identifiers; none is declared",
            "line 11: commit is '10'; write a duration from 1s to 10m with its unit ms, s, m, h or d",
            "line 12: archive 'ftp://host/weir' has the scheme ftp, not file, s3 or hdfs;"
                + " write an absolute address, such as file:///var/weir, s3://bucket/weir or"
                + " hdfs://namenode/weir");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pipeline: web|pipeline: 7|1|pipeline is a number (7)",
        "pipeline: web|pipeline:|1|pipeline is empty",
        "pipeline: web|pipe: web|1|unknown key pipe in the declaration",
        "pipeline: web|x: &a [*a]|1|unknown key x in the declaration",
        "topic: events, format|format|3|source clicks has no topic",
        "topic: events|topic: events, directory: 'file:///x'|3|has a topic and a directory",
        "topic: events|directory: /var/log|3|'/var/log' has no scheme",
        "topic: events|directory: 'file:var/log'|3|is not absolute",
        "topic: events|directory: 'file://host/log'|3|names a host (host)",
        "topic: events|directory: 's3:///log'|3|names no bucket",
        "topic: events|directory: 'file:///a b'|3|is not an address",
        "topic: events|directory: 's3://key:secret@bucket/x'|3|holds credentials",
        "topic: events|topic: access|4|both read the topic access",
        "name: access|name: clicks|4|two sources are called clicks",
        "format: json|formt: json|3|unknown key formt in a source",
        "user_id: client|user: client|4|name user, which the event does not declare",
        "user_id: client|user_id: clint|4|is clint, no field of an access log",
        "user_id: client|value: path|4|which is no number",
        "user_id: client|time: status|4|is status",
        "user_id: client|value: $source|4|path of value in source access is $source",
        "user_id: client|user_id: $origin|4|path of user_id in source access is $origin",
        "time: timestamp|tim: timestamp|7|unknown key tim in event",
        "time: timestamp|time: [timestamp]|7|event time is a list",
        "time: timestamp|time: a..b|7|which has an empty key",
        "time: timestamp|time: {field: t, format: unix}|7|unknown time format unix",
        "time: timestamp|time: {field: t, max_ahead: 1w}|7|max_ahead of event time is '1w'",
        "time: timestamp|time: {field: t, max_ahead: 366d}|7|max_ahead of event time is '366d'",
        "[event_type, route]|[]|8|dimensions is an empty list",
        "[event_type, route]|event_type|8|dimensions is 'event_type'",
        "[event_type, route]|[event_type, Route]|8|dimension 'Route' is not a name",
        "[event_type, route]|[event_type, user]|8|user means something else in SQL",
        "[event_type, route]|[event_type, time]|8|time stands for the event's own time",
        "[event_type, route]|[event_type, value_sum]|8|is also a column that value brings",
        "[event_type, route]|[event_type, value_p99_9]|8|is also a column that value brings",
        "[event_type, route]|[event_type, user_id_hll]|8|is also a column that user_id brings",
        "[event_type, route]|[event_type, bucket]|8|bucket is a column that every cube has",
        "[event_type, route]|[event_type, user_id]|9|two fields are called user_id",
        "[event_type, route]|[event_type, {name: r, path: $x}]|8|path of dimension r is $x",
        "name: value|name: event|10|would bring the column event_count",
        "scale: 4,|``|10|number value has no scale",
        "scale: 4|scale: '4'|10|scale of value is '4'",
        "scale: 4|scale: 4.0|10|scale of value is '4.0'",
        "min: 0|min: 1001|10|has a min above its max",
        "min: 0|min: 0.00005|10|which needs more than 4 places",
        "max: 1000|max: 1e15|10|which has more than 18 digits",
        "max: 1000|max: .inf|10|max of value is '.inf'",
        "max: 1000|max: 1, round: 'yes'|10|round of value is 'yes'",
        "within: 1h|within: 8d|11|within of duplicates is '8d'",
        "within: 1h|within: -1h|11|within of duplicates is '-1h'",
        "within: 1h|within: 169h|11|within of duplicates is '169h'",
        "scope: topic|scope: topics|11|unknown scope topics",
        "id: event_id|identifiers: [x]|11|no source has an event id",
        "name: traffic|name: a_name_of_more_than_thirty_two_chars|13|characters",
        "dimensions: [event_type]|dimensions: [event_type, event_type]|14|twice",
        "dimensions: [event_type]|dimension: [event_type]|14|unknown key dimension in a cube",
        "{value: [sum, p95]}|{valeu: [sum, p95]}|15|measures valeu",
        "{value: [sum, p95]}|value|15|measures value without saying how",
        "{value: [sum, p95]}|count|15|measures count twice",
        "{value: [sum, p95]}|{value: sum}|15|statistics of value in cube traffic is 'sum'",
        "{value: [sum, p95]}|{value: []}|15|is an empty list",
        "{value: [sum, p95]}|{value: [sum, sum]}|15|has the statistic sum twice",
        "{value: [sum, p95]}|{value: [p95, p95]}|15|has the statistic p95 twice",
        "{value: [sum, p95]}|{value: [median]}|15|has the unknown statistic median",
        "{value: [sum, p95]}|{value: [p0]}|15|has the percentile p0",
        "{value: [sum, p95]}|{value: [p99.9999]}|15|has the percentile p99.9999",
        "{value: [sum, p95]}|{value: [P95]}|15|has the percentile P95",
        "commit: 10s|commit: 11m|16|commit is '11m'",
        "commit: 10s|commit: {every: 10s}|16|commit is a mapping",
        "live: 100ms|live: 19ms|17|live is '19ms'",
        "live: 100ms|live: 11s|17|live is longer than commit",
        "live: 100ms|commit: 20s|17|has the key commit twice, first in line 16",
        "archive: 90d|archiv: 90d|19|unknown key archiv in retention",
        "archive: 90d|archive: 90|19|archive of retention is '90'; write a duration from 1h",
        "archive: 90d|archive: 30m|19|archive of retention is '30m'",
        "archive: 90d|archive: 0h|19|archive of retention is '0h'; write a duration from 1h to 36500d",
        "archive: 90d|archive: 36501d|19|archive of retention is '36501d'",
        "{archive: 90d}|90d|19|retention is text; write retention: {archive: 90d}",
        "live: 100ms|{live: 100ms|18|this is not YAML",
        "live: 100ms|live: !!java.io.File x|17|live is 'x'",
      })
  void findsTheMistake(String valid, String wrong, int line, String problem) {
    String yaml = VALID.replace(valid, wrong);
    assertThat(yaml).isNotEqualTo(VALID);

    assertThat(errors(yaml))
        .as(yaml)
        .anySatisfy(error -> assertThat(error).startsWith("line " + line + ": ").contains(problem));
  }

  @Test
  void limitsAreComparedWhereTheScaleIsWrong() {
    assertThat(errors(VALID.replace("scale: 4, min: 0, max: 1000", "scale: 40, min: 10, max: 5")))
        .hasSize(2)
        .anySatisfy(error -> assertThat(error).contains("scale of value"))
        .anySatisfy(error -> assertThat(error).contains("has a min above its max"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "---", "# nothing", "web", "[web]", "a: b\n---\na: b", "\t", "a: \0"})
  void refusesWhatIsNoDeclarationAtAll(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
  }

  @Test
  void refusesMoreFieldsThanPresenceBitsCanSay() {
    String numbers =
        IntStream.range(0, 64)
            .mapToObj(i -> "{name: n" + i + ", scale: 0}")
            .collect(Collectors.joining(", "));

    assertThat(errors(VALID.replace("{name: value, scale: 4, min: 0, max: 1000}", numbers)))
        .contains("line 10: numbers has 64 items; write at most 63");
  }

  @Test
  void isNotHarmedByNestingOrAliases() {
    assertThat(errors("a: " + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .startsWith("line 1: lists and mappings are nested deeper than 32");

    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 100; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatCode(() -> errors(bomb + "cubes: *a99\nevent: *a99\nsources: *a99"))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotRepeatCredentials() {
    assertThat(errors(VALID.replace("file:///var/weir", "s3://key:secret@bucket/weir")))
        .singleElement()
        .asString()
        .doesNotContain("secret");
  }
}
