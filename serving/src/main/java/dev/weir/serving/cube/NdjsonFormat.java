package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.ParameterProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
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
    if (query.totals()) {
      throw new BadParametersException(
          List.of(
              new ParameterProblem(
                  "totals",
                  "lines have no place for them",
                  "leave it out, or ask with format=json")));
    }
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
