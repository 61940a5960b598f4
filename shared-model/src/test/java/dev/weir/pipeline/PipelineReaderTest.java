package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MeasureLayout.NumberMeasure;
import dev.weir.pipeline.DuplicatePolicy.Scope;
import dev.weir.pipeline.EventSchema.Field;
import dev.weir.pipeline.EventSchema.NumberField;
import dev.weir.pipeline.EventSchema.TimeFormat;
import dev.weir.pipeline.Measure.Statistic;
import dev.weir.pipeline.Source.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReaderTest {
  private static final String SMALLEST =
      """
      pipeline: web
      sources: [{name: clicks, topic: events, format: json}]
      event: {time: timestamp}
      cubes: [{name: total, measures: [count]}]
      """;

  static Pipeline web() throws URISyntaxException {
    return PipelineReader.read(
        Path.of(PipelineReaderTest.class.getResource("/pipelines/web.yaml").toURI()));
  }

  @Test
  void readsEverythingADeclarationCanSay() throws URISyntaxException {
    Pipeline pipeline = web();

    assertThat(pipeline.name()).isEqualTo("web");
    assertThat(pipeline.sources())
        .containsExactly(
            new Source.KafkaTopic("clicks", "clicks", Format.JSON, Map.of()),
            new Source.KafkaTopic(
                "access",
                "access",
                Format.ACCESS_LOG,
                Map.of(
                    "source", "$source",
                    "event_type", "method",
                    "http_status", "status",
                    "route", "path",
                    "user_id", "client",
                    "value", "bytes")));
    assertThat(pipeline.event())
        .isEqualTo(
            new EventSchema(
                Optional.of("event_id"),
                "timestamp",
                TimeFormat.ISO,
                null,
                List.of(
                    new Field("source", "source"),
                    new Field("event_type", "event_type"),
                    new Field("user_segment", "user_segment"),
                    new Field("http_status", "status"),
                    new Field("route", "route")),
                List.of(new Field("user_id", "user_id")),
                List.of(new NumberField("value", "value", 4, 0, 10_000_000_000_000L, false))));
    assertThat(pipeline.duplicates())
        .isEqualTo(new DuplicatePolicy(Duration.ofHours(1), Scope.TOPIC));
    assertThat(pipeline.commit()).isEqualTo(Duration.ofSeconds(10));
    assertThat(pipeline.live()).isEqualTo(Duration.ofMillis(100));
    assertThat(pipeline.archive()).isNull();
  }

  @Test
  void derivesACubesIndexesAndLayout() throws URISyntaxException {
    Cube routes = web().cubes().get(1);

    assertThat(routes.name()).isEqualTo("routes");
    assertThat(routes.dimensions()).containsExactly(0, 4);
    assertThat(routes.dimensionNames()).containsExactly("source", "route");
    assertThat(routes.layout())
        .isEqualTo(new MeasureLayout(List.of(new NumberMeasure(0, true)), List.of(0)));
    assertThat(routes.measures())
        .hasSize(3)
        .contains(new Measure.Count(), new Measure.Distinct(0, "user_id"));
    Measure.OfNumber value = (Measure.OfNumber) routes.measures().get(1);
    assertThat(value.statistics()).containsExactlyInAnyOrder(Statistic.SUM, Statistic.AVG);
    assertThat(value.percentiles()).containsExactly(new BigDecimal("0.95"));
  }

  @Test
  void fillsInWhatIsLeftOut() {
    Pipeline pipeline = PipelineReader.read(SMALLEST);

    assertThat(pipeline.commit()).isEqualTo(Duration.ofSeconds(30));
    assertThat(pipeline.live()).isEqualTo(Duration.ofMillis(100));
    assertThat(pipeline.event().id()).isEmpty();
    assertThat(pipeline.duplicates().within()).isZero();
    assertThat(pipeline.cubes().get(0).dimensions()).isEmpty();
    assertThat(pipeline.archive()).isNull();
    assertThat(pipeline.archiveRetention()).isNull();
    assertThat(
            PipelineReader.read(SMALLEST.replace("{time: timestamp}", "{id: id, time: t}"))
                .duplicates())
        .isEqualTo(new DuplicatePolicy(Duration.ofHours(1), Scope.TOPIC));
  }

  @Test
  void readsDirectoriesArchivesAndTimeFormats() {
    Pipeline pipeline =
        PipelineReader.read(
            """
            pipeline: web
            archive: "s3://bucket/weir"
            sources: [{name: old, directory: "file:///var/log/web", format: access-log}]
            event:
              time: {field: at.millis, format: epoch-millis, max_ahead: 90m}
              numbers:
                - {name: price, scale: 2, min: -1.50, max: 1e3, round: true, path: order.price}
            cubes: [{name: total, measures: [{price: [p99.9, p0.5]}]}]
            """);

    assertThat(pipeline.archive()).isEqualTo(URI.create("s3://bucket/weir"));
    assertThat(pipeline.sources())
        .containsExactly(
            new Source.Directory("old", "file:///var/log/web", Format.ACCESS_LOG, Map.of()));
    assertThat(pipeline.event().time()).isEqualTo("at.millis");
    assertThat(pipeline.event().timeFormat()).isEqualTo(TimeFormat.EPOCH_MILLIS);
    assertThat(pipeline.event().maxAhead()).isEqualTo(Duration.ofMinutes(90));
    assertThat(pipeline.event().numbers())
        .containsExactly(new NumberField("price", "order.price", 2, -150, 100_000, true));
    assertThat(((Measure.OfNumber) pipeline.cubes().get(0).measures().get(0)).percentiles())
        .containsExactly(new BigDecimal("0.999"), new BigDecimal("0.005"));
  }

  @Test
  void readsHowLongTheArchiveIsKept() {
    Pipeline kept = PipelineReader.read(SMALLEST + "retention: {archive: 90d}\n");

    assertThat(kept.archiveRetention()).isEqualTo(Duration.ofDays(90));
    assertThat(PipelineReader.read(SMALLEST + "retention: {archive: 36h}\n").archiveRetention())
        .isEqualTo(Duration.ofHours(36));
    assertThat(kept.cubes()).isEqualTo(PipelineReader.read(SMALLEST).cubes());
  }

  @Test
  void survivesJavaSerialization() throws Exception {
    Pipeline pipeline = web();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(pipeline);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(pipeline);
    }
  }

  @Test
  void namesTheFileItRefuses(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("pipeline.yaml");

    assertThatThrownBy(() -> PipelineReader.read(file))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessage(file + " has an error:\n  there is no such file; name an existing file");

    Files.write(file, new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> PipelineReader.read(file))
        .hasMessage(file + " has an error:\n  the file is not UTF-8; save it as UTF-8");

    Files.write(file, SMALLEST.replace("time: ", "tiem: ").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> PipelineReader.read(file))
        .hasMessage(
            file
                + " has 2 errors:\n"
                + "  line 3: unknown key tiem in event; did you mean time?\n"
                + "  line 3: event has no time; write time: <path of the event time>");
  }
}
