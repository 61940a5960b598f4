package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.gzip.DeflatedText;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;

/** Writes the rows of one event hour, in the order in which they come. */
final class HourRowsWriter {
  private final Instant hour;
  private final int[] counts = new int[HourRows.MINUTES];
  private final byte[] finality = new byte[HourRows.MINUTES];
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final JsonGenerator generator;
  private final AnswerJson json;

  HourRowsWriter(Instant hour, CubeQuery query, CubeJson format) {
    this.hour = hour;
    this.generator = format.listed(text);
    this.json = new AnswerJson(generator, query);
    Arrays.fill(finality, HourRows.NONE);
  }

  Instant hour() {
    return hour;
  }

  void add(Row row) {
    int minute = (int) Duration.between(hour, row.bucket()).toMinutes();
    byte its = RowReader.finality(row.status());
    counts[minute]++;
    finality[minute] = its > finality[minute] ? its : finality[minute];
    json.row(row);
  }

  HourRows rows() {
    generator.close();
    return new HourRows(counts, finality, DeflatedText.of(text.toByteArray()));
  }
}
