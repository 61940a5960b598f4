package dev.weir.serving.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.Granularity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDocumentTest {
  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void writesALineOfNamesAndPlainValues() throws IOException {
    assertThat(
            csv(
                SampleAnswer.row(TEN, "buy", "DE", 3, "0.300"),
                SampleAnswer.row(TEN, "view", null, 1_000_000, null),
                SampleAnswer.row(TEN.plusSeconds(60), "", "CH", 2, "0E-3")))
        .isEqualTo(
            """
            bucket,event_type,country,event_count,value_sum,value_p95,user_id_distinct,status
            2026-03-01T11:00:00+01:00,buy,DE,3,0.300,0.145,3,reconciled
            2026-03-01T11:00:00+01:00,view,,1000000,,,3,reconciled
            2026-03-01T11:01:00+01:00,"",CH,2,0.000,0.145,3,reconciled
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void tellsApartTheHourThatAChangeOfTheClocksRepeats() throws IOException {
    Instant first = Instant.parse("2026-10-25T00:30:00Z");

    assertThat(
            csv(
                SampleAnswer.row(first, "buy", "DE", 1, "1.000"),
                SampleAnswer.row(first.plusSeconds(3600), "buy", "DE", 1, "1.000")))
        .contains("2026-10-25T02:30:00+02:00,", "2026-10-25T02:30:00+01:00,");
  }

  @Test
  void hasNamesOnlyWithoutRowsAndNoBucketInATotal() throws IOException {
    assertThat(
            new String(
                SampleAnswer.written(
                    ExportFormat.CSV, SampleAnswer.head(Granularity.TOTAL, null), List.of()),
                StandardCharsets.UTF_8))
        .isEqualTo(
            "event_type,country,event_count,value_sum,value_p95,user_id_distinct,status\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=HYPERLINK(\"http://x\",\"y\")",
        "-",
        "\uFF1D1+1",
        "\uFF0B1",
        "\uFF0D1",
        "\uFF20SUM(A1)",
        "\tx",
        "\rx",
        "\nx"
      })
  void putsAnApostropheBeforeWhatASpreadsheetWouldCompute(String value) throws IOException {
    assertThat(csv(SampleAnswer.row(TEN, value, "DE", 1, "1.000")))
        .contains(",\"'" + value.replace("\"", "\"\"") + "\",DE,");
  }

  /** A spreadsheet whose separator is another looks for cells even within quotes. */
  @Test
  void putsOneWhereASpreadsheetMayBeginACell() throws IOException {
    assertThat(event("x;=1+1")).isEqualTo("\"x;'=1+1\"");
    assertThat(event("a;b;@SUM(A1)")).isEqualTo("\"a;b;'@SUM(A1)\"");
    assertThat(event(";\uFF1D1+1")).isEqualTo("\";'\uFF1D1+1\"");
    assertThat(event("x\t-1")).isEqualTo("\"x\t'-1\"");
    assertThat(event("x\n+1")).isEqualTo("\"x\n'+1\"");
    assertThat(event("x\r=1")).isEqualTo("\"x\r'=1\"");
    assertThat(event("\t=1+1")).isEqualTo("\"'\t'=1+1\"");
    assertThat(event("\r=1+1")).isEqualTo("\"'\r'=1+1\"");
    assertThat(event("\n=1+1")).isEqualTo("\"'\n'=1+1\"");
  }

  /** A text as it is written. */
  private static String event(String value) throws IOException {
    String begin = "T11:00:00+01:00,";
    String file = csv(SampleAnswer.row(TEN, value, "DE", 1, "1.000"));
    return file.substring(file.indexOf(begin) + begin.length(), file.indexOf(",DE,"));
  }

  @Test
  void leavesNegativeNumbersNumbers() throws IOException {
    assertThat(csv(SampleAnswer.row(TEN, "a-b", "x=y;z", 1, "-2.500")))
        .contains(",a-b,x=y;z,1,-2.500,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b|\"a,b\"",
        "say \"x\"|\"say \"\"x\"\"\"",
        "plain|plain",
        "' edge'|\" edge\"",
        "Zürich ☃|Zürich ☃"
      })
  void quotesWhatMustBe(String value, String written) throws IOException {
    assertThat(csv(SampleAnswer.row(TEN, value, "DE", 1, "1.000")))
        .contains("," + written + ",DE,");
  }

  @Test
  void holdsOneTable() throws IOException {
    try (Document document =
        ExportFormat.CSV.open(SampleAnswer.document(true), new ByteArrayOutputStream())) {
      document
          .table("one", SampleAnswer.query(Granularity.HOUR))
          .begin(SampleAnswer.head(Granularity.HOUR, "live"));

      assertThatThrownBy(() -> document.table("two", SampleAnswer.query(Granularity.HOUR)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a CSV file holds one table");
    }
  }

  private static String csv(Row... rows) throws IOException {
    return new String(
        SampleAnswer.written(
            ExportFormat.CSV, SampleAnswer.head(Granularity.MINUTE, "reconciled"), List.of(rows)),
        StandardCharsets.UTF_8);
  }
}
