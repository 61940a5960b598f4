package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** One JSON object a line: the rows of the answer, without its head. */
@Component
class NdjsonFormat implements AnswerFormat {
  private final CubeJson json;

  NdjsonFormat(CubeJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return "ndjson";
  }

  @Override
  public MediaType mediaType() {
    return MediaType.APPLICATION_NDJSON;
  }

  @Override
  public boolean download() {
    return false;
  }

  @Override
  public void write(CubeReader reader, CubeQuery query, OutputStream out) throws IOException {
    JsonGenerator rows = json.rows(out);
    reader.stream(query, new Lines(new AnswerJson(rows, query), rows));
    rows.flush();
  }

  private record Lines(AnswerJson json, JsonGenerator rows) implements RowSink {
    @Override
    public void begin(AnswerHead head) {
      // Rows only: the head would be a line of another kind.
    }

    @Override
    public void row(Row row) {
      json.row(row);
      rows.writeRaw('\n');
    }
  }
}
