package dev.weir.serving.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.Granularity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PdfDocumentTest {
  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void saysWhatTheNumbersAreAndHowExact() throws IOException {
    String text =
        text(
            written(
                Granularity.HOUR, "live", List.of(SampleAnswer.row(TEN, "buy", "DE", 3, "0.3"))));

    assertThat(text)
        .contains(
            "Traffic of the shop",
            "2026-03-01 01:00 to 2026-03-02 01:00, Europe/Berlin",
            "Pipeline",
            "live: part of it is not committed yet and may still change",
            "2026-03-02 01:10:00 +01:00",
            "12 after their hour was recomputed; counted",
            "value_p95 (relative error at most 1 %)",
            "user_id_distinct (standard error 1.63 %)",
            "2026-03-01 11:00 buy DE 3 0.300 0.145 3 reconciled",
            "Page 1 of ");
  }

  @Test
  void repeatsTheHeaderOfALongTableAndSaysWhereItEnds() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1_440; i++) {
      rows.add(SampleAnswer.row(SampleAnswer.FROM.plusSeconds(60L * i), "buy", "DE", i, "1.000"));
    }
    byte[] file = written(Granularity.MINUTE, "reconciled", rows);

    try (PDDocument document = Loader.loadPDF(file)) {
      assertThat(document.getNumberOfPages()).isGreaterThan(15);
      PDFTextStripper stripper = new PDFTextStripper();
      for (int page = 4; page <= document.getNumberOfPages() - 1; page++) {
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        assertThat(stripper.getText(document))
            .contains("bucket event_type country event_count")
            .contains("Page " + page + " of " + document.getNumberOfPages());
      }
    }
    assertThat(text(file))
        .contains("The first 1,000 of 1,440 rows; all of them are in CSV, Excel and Parquet.")
        .contains("2026-03-01 17:39 buy DE 999 ")
        .doesNotContain("2026-03-01 17:40 buy DE 1,000 ");
  }

  @Test
  void embedsItsFontsAndReplacesWhatTheyLack() throws IOException {
    byte[] file =
        written(
            Granularity.HOUR,
            "committed",
            List.of(
                SampleAnswer.row(TEN, "Zürich Ωμέγα Київ ✓", "東京", 3, "1.000"),
                SampleAnswer.row(TEN, "a\nb\u0000c", null, 1, null)));

    assertThat(text(file))
        .contains("Zürich Ωμέγα Київ ✓")
        .contains("□□")
        .contains("□ stands for a character that this document's font does not have");
    try (PDDocument document = Loader.loadPDF(file)) {
      for (PDPage page : document.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
        }
      }
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Traffic of the shop");
    }
  }

  @Test
  void tellsApartTheHourThatAChangeOfTheClocksRepeats() throws IOException {
    Instant first = Instant.parse("2026-10-25T00:30:00Z");

    assertThat(
            text(
                written(
                    Granularity.HOUR,
                    "reconciled",
                    List.of(
                        SampleAnswer.row(first.minusSeconds(3600), "buy", "DE", 1, "1.000"),
                        SampleAnswer.row(first, "buy", "DE", 2, "1.000"),
                        SampleAnswer.row(first.plusSeconds(3600), "buy", "DE", 3, "1.000"),
                        SampleAnswer.row(first.plusSeconds(7200), "buy", "DE", 4, "1.000")))))
        .contains(
            "2026-10-25 01:30 buy DE 1 ",
            "2026-10-25 02:30 +02:00 buy DE 2 ",
            "2026-10-25 02:30 +01:00 buy DE 3 ",
            "2026-10-25 03:30 buy DE 4 ");
  }

  @Test
  void saysThatThereAreNoRows() throws IOException {
    assertThat(text(written(Granularity.DAY, null, List.of())))
        .contains("There are no rows: nothing was counted in this range.", "no rows");
  }

  @Test
  void ranksTheValuesOfEachDimension() throws IOException {
    String text =
        text(
            written(
                Granularity.HOUR,
                "reconciled",
                List.of(
                    SampleAnswer.row(TEN, "buy", "DE", 25, "1.000"),
                    SampleAnswer.row(TEN, "view", null, 60, "1.000"),
                    SampleAnswer.row(TEN, "buy", "CH", 15, "1.000"))));

    assertThat(text)
        .contains("Largest event_type by event_count", "view 60 60.0 %", "buy 40 40.0 %")
        .contains("Largest country by event_count", "– 60 60.0 %", "DE 25 25.0 %", "CH 15 15.0 %");
  }

  /** Not only for the assertion: the file is there to be looked at. */
  @Test
  void drawsWhatIsLiveDifferently() throws IOException {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    String[] types = {"view", "buy", "add to cart", "search", "login", "logout", "error"};
    for (int hour = 0; hour < 24; hour++) {
      Instant bucket = SampleAnswer.FROM.plus(Duration.ofHours(hour));
      for (int type = 0; type < types.length; type++) {
        if (type == 5 && hour > 8 && hour < 14) {
          continue;
        }
        double day = 1.2 - Math.cos(hour / 24.0 * 2 * Math.PI);
        long events = (long) (9_000 * day / (type + 1) + random.nextInt(900));
        rows.add(
            SampleAnswer.row(
                bucket,
                hour > 20 ? "live" : hour > 12 ? "committed" : "reconciled",
                types[type],
                type % 2 == 0 ? "DE" : "CH",
                events,
                events + ".125"));
      }
    }
    byte[] file = written(Granularity.HOUR, "live", rows);
    Files.write(Path.of("target", "sample-report.pdf"), file);

    assertThat(text(file))
        .contains("live, may still change", "The charts show the largest 6 of 7 lines.");
  }

  private static byte[] written(Granularity granularity, String status, Iterable<Row> rows)
      throws IOException {
    return SampleAnswer.written(
        ExportFormat.PDF,
        SampleAnswer.head(granularity, status),
        StreamSupport.stream(rows.spliterator(), false).toList());
  }

  private static String text(byte[] file) throws IOException {
    try (PDDocument document = Loader.loadPDF(file)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(document).replaceAll(" +", " ");
    }
  }
}
