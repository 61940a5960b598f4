package dev.weir.serving.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.api.RunningServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The same question as JSON, CSV, Excel, PDF and Parquet, from the running application. */
class ExportITCase {
  private static final String ROWS = "/api/v1/cubes/traffic/rows?";
  private static final String MORNING =
      "from=2026-03-01T10:00:00Z&to=2026-03-01T12:00:00Z&tz=Europe/Berlin";
  private static final List<String> MEASURES =
      List.of(
          "event_count",
          "value_count",
          "value_sum",
          "value_min",
          "value_max",
          "value_avg",
          "value_p95",
          "user_id_distinct");

  private static final int DAYS = 30;
  private static final int COMBINATIONS = 7;

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
    ShopLog log = new ShopLog(server.database());
    log.writeMorning();
    log.writeMinutes(DAYS, COMBINATIONS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyFormatHasTheSameNumbers() throws Exception {
    String question = "granularity=minute&dimensions=event_type,country&" + MORNING;
    List<List<String>> rows = json(question);

    assertThat(rows).hasSize(5);
    assertThat(csv(question)).isEqualTo(rows);
    assertThat(excel(question)).isEqualTo(rows);
    assertThat(parquet(question)).isEqualTo(rows);
    String pdf = pdf(question);
    for (List<String> row : rows) {
      assertThat(pdf).contains(String.join(" ", row.subList(2, row.size())).replace("null", "–"));
    }
  }

  @Test
  void comparesAndMergesTheRest() throws Exception {
    String question =
        "granularity=day&dimensions=event_type&measures=event_count&top=1&other=true&compare=1d&tz=UTC&"
            + "from=2026-03-01&to=2026-03-02&format=csv";

    assertThat(server.get(ROWS + question).body())
        .isEqualTo(
            """
            bucket,event_type,other,event_count,compared_event_count,status
            2026-03-01T00:00:00Z,view,false,7,,committed
            2026-03-01T00:00:00Z,,true,7,,committed
            """
                .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @EnumSource
  void isChosenByNameOrByAccept(ExportFormat format) throws Exception {
    HttpResponse<byte[]> named = bytes(MORNING + "&format=" + format.text(), "application/json");
    HttpResponse<byte[]> accepted = bytes(MORNING, format.mediaType());

    for (HttpResponse<byte[]> response : List.of(named, accepted)) {
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElseThrow())
          .startsWith(format.mediaType());
      assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
          .contains("attachment")
          .contains("traffic-minute-2026-03-01." + format.text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatJsonRefuses(ExportFormat format) throws Exception {
    HttpResponse<byte[]> response =
        bytes("granularity=century&colour=red&format=" + format.text(), "*/*");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("century", "colour: there is no such parameter");
  }

  @ParameterizedTest
  @EnumSource
  void refusesTotals(ExportFormat format) throws Exception {
    HttpResponse<byte[]> response = bytes(MORNING + "&totals=true&format=" + format.text(), "*/*");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("totals: only pages of JSON have a place for them");
  }

  @ParameterizedTest
  @EnumSource
  void answersWhereNothingHappened(ExportFormat format) throws Exception {
    HttpResponse<byte[]> response =
        bytes("from=2025-01-01&to=2025-01-02&granularity=hour&format=" + format.text(), "*/*");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void sendsThreeHundredThousandRowsWithoutKeepingThem() throws Exception {
    String question =
        "granularity=minute&dimensions=event_type,country&measures=event_count&from=2026-01-01&to=2026-01-31&format=csv";
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri(ROWS + question)).build(),
                BodyHandlers.ofInputStream());
    int rows = -1;
    long sum = 0;
    long least = Long.MAX_VALUE;
    long most = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (rows++ >= 0) {
          sum += Long.parseLong(line.split(",", -1)[3]);
        }
        if (rows % 60_000 == 1_000) {
          // The sender waits meanwhile: the sockets' buffers hold far less than what is left.
          long used = usedAfterCollection();
          least = Math.min(least, used);
          most = Math.max(most, used);
        }
      }
    }

    assertThat(rows).isEqualTo(DAYS * 1_440 * COMBINATIONS).isGreaterThan(300_000);
    assertThat(sum).isEqualTo(DAYS * 1_440L * (1 + 2 + 3 + 4 + 5 + 6 + 7));
    // Kept, they would take 500 bytes each and more.
    assertThat(most - least).isLessThan(40L << 20);
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Dimensions first, then the measures, as plain digits. */
  private static List<List<String>> json(String question) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : server.json(ROWS + question).get("rows")) {
      List<String> values = new ArrayList<>();
      for (String dimension : List.of("event_type", "country")) {
        JsonNode value = row.get("dimensions").get(dimension);
        values.add(value.isNull() ? null : value.asString());
      }
      for (String measure : MEASURES) {
        JsonNode value = row.get("measures").get(measure);
        values.add(value.isNull() ? null : plain(new BigDecimal(value.toString())));
      }
      rows.add(values);
    }
    return rows;
  }

  private static List<List<String>> csv(String question) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> lines = CsvLines.read(server.get(ROWS + question + "&format=csv").body());
    for (List<String> line : lines.subList(1, lines.size())) {
      List<String> values = new ArrayList<>(line.subList(1, 3));
      // What was put before a text that a spreadsheet would compute.
      values.replaceAll(
          text -> text != null && text.matches("(?s)'[=+@\\-].*") ? text.substring(1) : text);
      line.subList(3, line.size() - 1)
          .forEach(number -> values.add(number == null ? null : plain(new BigDecimal(number))));
      rows.add(values);
    }
    return rows;
  }

  private static List<List<String>> excel(String question) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    byte[] file = bytes(question + "&format=xlsx", "*/*").body();
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
      for (Row row : workbook.getFirstSheet().read()) {
        List<String> values = new ArrayList<>();
        for (int i = 2; i < 4; i++) {
          values.add(row.getOptionalCell(i).map(Cell::getText).orElse(null));
        }
        for (int i = 4; i < 4 + MEASURES.size() && row.getRowNum() > 1; i++) {
          values.add(row.getCellAsNumber(i).map(ExportITCase::plain).orElse(null));
        }
        rows.add(values);
      }
    }
    return rows.subList(1, rows.size());
  }

  private static List<List<String>> parquet(String question) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    for (Group row : ParquetRows.of(bytes(question + "&format=parquet", "*/*").body()).rows()) {
      List<String> values = new ArrayList<>();
      for (String dimension : List.of("event_type", "country")) {
        values.add(
            row.getFieldRepetitionCount(dimension) == 0 ? null : row.getString(dimension, 0));
      }
      for (String measure : MEASURES) {
        boolean whole = measure.endsWith("_count") || measure.endsWith("_distinct");
        String value =
            whole
                ? Long.toString(row.getLong(measure, 0))
                : ParquetRows.decimal(row, measure, measure.endsWith("_avg") ? 7 : 3);
        values.add(value == null ? null : plain(new BigDecimal(value)));
      }
      rows.add(values);
    }
    return rows;
  }

  private static String pdf(String question) throws Exception {
    try (PDDocument document = Loader.loadPDF(bytes(question + "&format=pdf", "*/*").body())) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      // Trailing zeros are shown there, and left out where the formats are compared.
      return stripper
          .getText(document)
          .replaceAll(" +", " ")
          .replaceAll("(\\.[0-9]*?)0+(?=\\s)", "$1")
          .replaceAll("\\.(?=\\s)", "");
    }
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static HttpResponse<byte[]> bytes(String question, String accept) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.uri(ROWS + question)).header("Accept", accept).build(),
            BodyHandlers.ofByteArray());
  }
}
