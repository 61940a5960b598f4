package dev.weir.serving;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.cache.AnswerStore;
import dev.weir.serving.migrate.MigrationException;
import dev.weir.serving.report.ReportOptions;
import dev.weir.serving.report.ReportRuns;
import dev.weir.serving.rollup.RollUpSchedule;
import dev.weir.serving.rollup.RollUps;
import dev.weir.serving.sql.WriteDatabase;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.StreamWriteFeature;

/** Wires the application. */
@SpringBootApplication
@EnableScheduling
public class ServingApplication {
  private static final Logger LOG = LoggerFactory.getLogger(ServingApplication.class);

  private final ServingOptions options;

  ServingApplication(ServingOptions options) {
    this.options = options;
  }

  /** The pool that answers are read through. */
  @Bean
  ReadingConnections database() {
    return DatabaseConnections.forReading(options.database());
  }

  /** What little is written. */
  @Bean
  WriteDatabase writeDatabase() {
    return new WriteDatabase(DatabaseConnections.forWriting(options.database()));
  }

  @Bean
  ReportOptions reportOptions() {
    return options.reports();
  }

  /** Writes down what is done, over connections that may write. */
  @Bean
  ReportRuns reportRuns(Clock clock) {
    return new ReportRuns(
        DatabaseConnections.forChanging(options.database(), "weir-reports"), clock);
  }

  /** Exact numbers keep their digits: 0.0000000, not 0E-7. */
  @Bean
  JsonMapperBuilderCustomizer plainNumbers() {
    return builder -> builder.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);
  }

  @Bean
  TransactionTemplate snapshot(ReadingConnections database) {
    return new AnswerSnapshot(database);
  }

  /** Adds rows up beforehand, so that answers read few. */
  @Bean
  RollUpSchedule rollUps(Pipeline pipeline, Clock clock) {
    HikariDataSource own = DatabaseConnections.forRollUps(options.database());
    return new RollUpSchedule(
        new RollUps(own, pipeline, clock), options.rollUps().pause(), own::close);
  }

  /** Where answers are kept. */
  @Bean
  AnswerStore answers(Pipeline pipeline) {
    return options.cache().store(pipeline.name());
  }

  /** Shows a changed definition of a cube as soon as the batch layer has covered it. */
  @Scheduled(fixedDelay = 30_000, initialDelay = 30_000)
  void switchViews() throws IOException {
    try {
      WeirServing.migration(options).switchViews();
    } catch (MigrationException e) {
      LOG.warn("Views are checked again in 30 s: {}", e.getMessage());
    }
  }
}
