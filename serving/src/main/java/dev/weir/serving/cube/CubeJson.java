package dev.weir.serving.cube;

import dev.weir.serving.gzip.DeflatedText;
import dev.weir.serving.gzip.JoinedGzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Answers as JSON. */
@Component
public class CubeJson {
  private static final int BUFFER = 1 << 13;

  private static final DeflatedText COMMA =
      DeflatedText.of(",".getBytes(StandardCharsets.US_ASCII));

  private final JsonMapper mapper;

  CubeJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** One line without a line end. */
  public String text(CubeQuery query, CubeAnswer answer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = mapper.createGenerator(text)) {
      new AnswerJson(json, query).answer(answer);
    }
    return text.toString();
  }

  /** The same as UTF-8, compressed as gzip. */
  byte[] compressed(CubeQuery query, CubeAnswer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    try (JsonGenerator json = mapper.createGenerator(new FastGzip(bytes))) {
      new AnswerJson(json, query).answer(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The same where the rows are written already.
   *
   * @param answer without its rows
   * @param rows parts of them, each of {@link #listed} rows
   */
  byte[] joined(CubeQuery query, CubeAnswer answer, List<DeflatedText> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    try (JoinedGzip out = new JoinedGzip(bytes);
        JsonGenerator json = mapper.createGenerator(out)) {
      AnswerJson text = new AnswerJson(json, query);
      text.begin(answer.head());
      json.flush();
      for (int i = 0; i < rows.size(); i++) {
        if (i > 0) {
          out.append(COMMA);
        }
        out.append(rows.get(i));
      }
      text.end(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** A generator of rows with commas between them. */
  JsonGenerator listed(OutputStream out) {
    return mapper.writer().withRootValueSeparator(",").createGenerator(out);
  }

  /** A generator of rows, one after the other. */
  JsonGenerator rows(OutputStream out) {
    return mapper.writer().withRootValueSeparator("").createGenerator(out);
  }

  /** Half the time of the usual level, for answers that are a few percent longer. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
