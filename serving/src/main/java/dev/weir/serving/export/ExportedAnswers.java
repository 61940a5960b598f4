package dev.weir.serving.export;

import dev.weir.pipeline.Pipeline;
import dev.weir.serving.cube.AnswerFormat;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.CubeReader;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

/** Offers every {@link ExportFormat} where the API answers with rows. */
@Configuration
class ExportedAnswers {
  private final Pipeline pipeline;
  private final Clock clock;

  ExportedAnswers(Pipeline pipeline, Clock clock) {
    this.pipeline = pipeline;
    this.clock = clock;
  }

  @Bean
  AnswerFormat csv() {
    return new Exported(ExportFormat.CSV, MediaType.parseMediaType("text/csv;charset=UTF-8"));
  }

  @Bean
  AnswerFormat xlsx() {
    return new Exported(ExportFormat.XLSX);
  }

  @Bean
  AnswerFormat pdf() {
    return new Exported(ExportFormat.PDF);
  }

  @Bean
  AnswerFormat parquet() {
    return new Exported(ExportFormat.PARQUET);
  }

  private final class Exported implements AnswerFormat {
    private final ExportFormat format;
    private final MediaType mediaType;

    Exported(ExportFormat format) {
      this(format, MediaType.parseMediaType(format.mediaType()));
    }

    Exported(ExportFormat format, MediaType mediaType) {
      this.format = format;
      this.mediaType = mediaType;
    }

    @Override
    public String name() {
      return format.text();
    }

    @Override
    public MediaType mediaType() {
      return mediaType;
    }

    @Override
    public void write(CubeReader reader, CubeQuery query, OutputStream out) throws IOException {
      try (Document document = format.open(head(query), out)) {
        reader.stream(query, document.table(query.shape().cube(), query));
        document.end();
      }
    }

    private DocumentHead head(CubeQuery query) {
      return new DocumentHead(
          query.shape().cube() + " by " + query.granularity().text(),
          pipeline.name(),
          query.zone(),
          query.from(),
          query.to(),
          clock.instant(),
          List.of(),
          false);
    }
  }
}
