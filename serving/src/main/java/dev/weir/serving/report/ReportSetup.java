package dev.weir.serving.report;

import dev.weir.pipeline.Pipeline;
import dev.weir.serving.cube.CubeCatalog;
import dev.weir.serving.cube.CubeQueryParser;
import dev.weir.serving.cube.CubeReader;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the parts of the reports together. */
@Configuration
class ReportSetup {
  private static final String COMMITTED_THROUGH =
      SqlTemplate.text("db/report/committed_through.sql");

  /**
   * Refuses a declaration with mistakes: then the application does not start. Questions are checked
   * by the cubes' declared definitions: a report of a changed one waits for its backfill.
   */
  @Bean
  ReportDesk reportDesk(
      ReportOptions options,
      Pipeline pipeline,
      CubeCatalog catalog,
      CubeQueryParser parser,
      CubeReader reader,
      ReportRuns runs,
      JdbcClient database,
      Clock clock) {
    QuestionCheck check =
        (cube, parameters) -> {
          var unused = parser.parse(catalog.declared(cube), parameters);
        };
    List<Report> reports =
        options
            .file()
            .map(file -> ReportsReader.read(file, check, options.mail().isPresent(), clock))
            .orElse(List.of());
    return new ReportDesk(
        reports,
        runs,
        new ReportDelivery(
            new ReportWriter(pipeline.name(), catalog, parser, reader, clock),
            options.mail().map(MailDelivery::new),
            clock),
        report ->
            database
                .sql(COMMITTED_THROUGH)
                .param("shown", definitions(report, catalog))
                .query((row, number) -> committed(row))
                .single(),
        clock);
  }

  private static Committed committed(ResultSet row) throws SQLException {
    return new Committed(
        Optional.ofNullable(row.getObject("through", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        List.of((String[]) row.getArray("incomplete").getArray()));
  }

  private static String[] definitions(Report report, CubeCatalog catalog) {
    return report.questions().stream()
        .map(question -> catalog.shown(question.cube()))
        .map(shape -> shape.cube() + " " + shape.definitionHash())
        .distinct()
        .toArray(String[]::new);
  }

  @Bean
  ReportClerk reportClerk(ReportDesk desk) {
    return new ReportClerk(desk);
  }
}
