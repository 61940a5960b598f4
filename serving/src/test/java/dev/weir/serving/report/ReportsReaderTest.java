package dev.weir.serving.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.export.ExportFormat;
import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.NotDeclaredException;
import dev.weir.serving.http.ParameterProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsReaderTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);

  /** Knows one cube, and no parameter {@code colour}. */
  private static final QuestionCheck CHECK =
      (cube, parameters) -> {
        if (!cube.equals("traffic")) {
          throw new NotDeclaredException("There is no cube " + cube + "; the cubes are traffic.");
        }
        if (parameters.containsKey("colour")) {
          throw new BadParametersException(
              List.of(
                  new ParameterProblem("colour", "there is no such parameter", "leave it out")));
        }
        if (!parameters.keySet().containsAll(List.of("from", "to", "tz"))) {
          throw new AssertionError("it is to be checked as it will be asked: " + parameters);
        }
      };

  @TempDir private Path folder;

  @Test
  void readsAReport() {
    List<Report> reports =
        read(
            """
            reports:
              - name: daily_traffic
                title: Traffic of yesterday
                schedule: daily at 06:00
                zone: Europe/Berlin
                wait: 2h
                formats: [pdf, xlsx]
                queries:
                  - {cube: traffic, granularity: hour, dimensions: [event_type, country], limit: 10}
                  - title: Buyers
                    cube: traffic
                    filter.event_type: buy
                deliver:
                  folder: %s
                  email: {to: [ops@example.org, Boss <boss@example.org>], subject: Numbers}
            """
                .formatted(folder),
            true);

    assertThat(reports).hasSize(1);
    Report report = reports.get(0);
    assertThat(report.name()).isEqualTo("daily_traffic");
    assertThat(report.title()).isEqualTo("Traffic of yesterday");
    assertThat(report.schedule()).hasToString("daily at 06:00");
    assertThat(report.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(report.span()).isEqualTo(Span.DAY);
    assertThat(report.patience()).isEqualTo(Duration.ofHours(2));
    assertThat(report.formats()).containsExactly(ExportFormat.PDF, ExportFormat.XLSX);
    assertThat(report.questions().get(0).parameters())
        .containsEntry("dimensions", List.of("event_type", "country"))
        .containsEntry("limit", List.of("10"));
    assertThat(report.questions().get(1).title()).isEqualTo("Buyers");
    assertThat(
            report
                .questions()
                .get(1)
                .of(report.span().before(CLOCK.instant(), report.zone()), report.zone()))
        .containsEntry("filter.event_type", List.of("buy"))
        .containsEntry("from", List.of("2026-02-28T23:00:00Z"))
        .containsEntry("to", List.of("2026-03-01T23:00:00Z"))
        .containsEntry("tz", List.of("Europe/Berlin"));
    assertThat(report.folder()).contains(folder);
    assertThat(report.email().orElseThrow().to()).hasSize(2);
  }

  @Test
  void tellsAllMistakesAtOnceWithTheirLines() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    reports:
                      - name: Daily Traffic
                        schedule: at noon
                        zone: Europe/Berln
                        formats: [pdf, docx]
                        queries:
                          - {cube: traffik}
                          - {cube: traffic, colour: red}
                          - {cube: traffic, from: now-1d}
                        deliver: {folder: reports}
                      - name: weekly
                        schedule: weekly on monday at 06:00
                        range: month
                        zone: Europe/Berlin
                        formats: []
                        colour: red
                        deliver:
                          folder: /nowhere/at/all
                          email: {to: [nobody, a@example.org], subject: "two\\nlines"}
                    """,
                    false))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll(
            "line 2: name of a report is 'Daily Traffic'; write lower-case letters",
            "line 3: schedule of a report is 'at noon'; write daily at 06:00, or weekly on monday at 06:00",
            "line 4: zone of a report is 'Europe/Berln', which is not known; write a zone of the IANA database",
            "line 5: unknown format docx; write one of csv, xlsx, pdf, parquet",
            "line 7: cube of a query of a report is 'traffik'; write a declared one. There is no cube traffik; the cubes are traffic.",
            "line 8: colour of a query of a report: there is no such parameter; leave it out",
            "line 9: from of a query of a report is decided by the report; leave it out",
            "line 10: folder of a report is 'reports'; write it from the root on",
            "line 11: the report weekly has no queries; write queries: [{cube: traffic, granularity: hour}]",
            "line 13: range of the report weekly is 'month'; write day or week",
            "line 15: formats of the report weekly is an empty list",
            "line 16: unknown key colour in a report",
            "line 18: folder of the report weekly, /nowhere/at/all, is not a folder that can be written to; create it",
            "line 19: the report weekly is to be mailed, but no mail server is given; start with --mail.smtp-url",
            "line 19: an address of the report weekly is 'nobody'; write one such as ops@example.org",
            "line 19: subject of the report weekly has a line break; write one line");
  }

  @Test
  void refusesTwoOfAName() {
    String report =
        """
          - {name: a, schedule: daily at 06:00, zone: Europe/Berlin, formats: csv, queries: [{cube: traffic}], deliver: {folder: %s}}
        """
            .formatted(folder);

    assertThatThrownBy(() -> read("reports:\n" + report + report, false))
        .hasMessageContaining(
            "line 3: the report a is declared in line 2 already; give each report a name of its own");
  }

  @Test
  void refusesWhatIsNoDeclaration() {
    assertThatThrownBy(() -> read("", false))
        .hasMessageContaining("the declaration is empty; begin with reports: [{name: daily, ...}]");
    assertThatThrownBy(() -> read("[1, 2]", false))
        .hasMessageContaining("the declaration is a list; write reports: [...]");
    assertThatThrownBy(() -> read("reports: [1]", false))
        .hasMessageContaining("a report is a number; write {name: ...");
    assertThatThrownBy(() -> ReportsReader.read(folder.resolve("none.yaml"), CHECK, false, CLOCK))
        .hasMessageContaining("there is no such file; name an existing file");
  }

  @Test
  void readsWhatIsWrittenInTheManual() throws IOException {
    String manual = Files.readString(Path.of("EXPORTS.md"));
    int begin = manual.indexOf("```yaml\n") + "```yaml\n".length();
    String yaml = manual.substring(begin, manual.indexOf("```", begin));

    List<Report> reports =
        ReportsReader.read(
            "reports.yaml",
            yaml.replace("/srv/reports", folder.toString()),
            ReportsReaderTest::requireDimensions,
            true,
            CLOCK);

    assertThat(reports.get(0).name()).isEqualTo("daily_traffic");
    assertThat(reports.get(0).questions().get(1).parameters())
        .containsEntry("filter.source", List.of("clicks", "access"));
  }

  /** The manual's examples are about the sample pipeline. */
  private static void requireDimensions(String cube, Map<String, List<String>> parameters) {
    List<String> dimensions =
        PipelineReader.read(Path.of("../deploy/pipeline.yaml")).cubes().stream()
            .filter(declared -> declared.name().equals(cube))
            .findFirst()
            .orElseThrow()
            .dimensionNames();
    assertThat(dimensions).containsAll(parameters.get("dimensions"));
    parameters.keySet().stream()
        .filter(name -> name.startsWith("filter."))
        .forEach(name -> assertThat(dimensions).contains(name.substring("filter.".length())));
  }

  private static List<Report> read(String yaml, boolean mail) {
    return ReportsReader.read("reports.yaml", yaml, CHECK, mail, CLOCK);
  }
}
