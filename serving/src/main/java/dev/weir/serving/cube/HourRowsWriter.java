package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.gzip.DeflatedText;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes the rows of an answer by minute, hour by hour, in the order in which they come. */
final class HourRowsWriter {
  private final CubeQuery query;
  private final CubeJson format;
  private final Map<Instant, HourRows> written = new HashMap<>();
  private Instant hour;
  private int[] counts;
  private byte[] finality;
  private ByteArrayOutputStream text;
  private JsonGenerator generator;
  private AnswerJson json;

  HourRowsWriter(CubeQuery query, CubeJson format) {
    this.query = query;
    this.format = format;
  }

  /** Writes the next row: of the same hour as the one before, or of one that has none yet. */
  void add(Row row) {
    Instant its = row.bucket().truncatedTo(ChronoUnit.HOURS);
    if (!its.equals(hour)) {
      end();
      begin(its);
    }
    int minute = (int) Duration.between(hour, row.bucket()).toMinutes();
    counts[minute]++;
    finality[minute] = (byte) Math.max(finality[minute], RowReader.finality(row.status()));
    json.row(row);
  }

  /** What was written, by hour. */
  Map<Instant, HourRows> written() {
    end();
    return written;
  }

  private void begin(Instant its) {
    hour = its;
    counts = new int[HourRows.MINUTES];
    finality = new byte[HourRows.MINUTES];
    Arrays.fill(finality, HourRows.NONE);
    text = new ByteArrayOutputStream();
    generator = format.listed(text);
    json = new AnswerJson(generator, query);
  }

  private void end() {
    if (hour != null) {
      generator.close();
      written.put(hour, new HourRows(counts, finality, DeflatedText.of(text.toByteArray())));
      hour = null;
    }
  }
}
