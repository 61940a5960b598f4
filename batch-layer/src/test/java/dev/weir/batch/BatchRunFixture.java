package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchivedEvent;
import dev.weir.batch.db.Database;
import dev.weir.batch.publish.RunKind;
import dev.weir.batch.rewind.JobLease;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.HourRange;
import dev.weir.db.CubeTable;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A database, an archive, a played speed layer, and runs of the batch layer on them. */
final class BatchRunFixture implements AutoCloseable {
  private static JavaSparkContext spark;

  final TestDatabase database;
  final PlayedSpeedLayer speed;
  final Path archive;
  Declaration declaration = TestPipelines.web();
  boolean acceptDifferences;
  boolean fromArrivals;
  boolean replace;
  OptionalLong through = OptionalLong.empty();

  /** What retention takes for the present; null: the machine's clock. */
  Instant now;

  Consumer<String> onStep = step -> {};

  /** Before an audit starts a Spark job. */
  Runnable beforeAuditTasks = () -> {};

  BatchRunFixture(Path archive) {
    this.archive = archive;
    this.database = TestDatabase.create(pipeline());
    this.speed = new PlayedSpeedLayer(database, pipeline(), archive);
  }

  /** Goes on from what another has done, in a copy of its database and archive. */
  BatchRunFixture(BatchRunFixture before, Path archive) throws IOException {
    this.archive = archive;
    this.declaration = before.declaration;
    this.database = before.database.copy();
    try (Stream<Path> files = Files.walk(before.archive)) {
      for (Path file : files.toList()) {
        Path copy = archive.resolve(before.archive.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    this.speed = new PlayedSpeedLayer(before.speed, database, archive);
  }

  Pipeline pipeline() {
    return declaration.pipeline();
  }

  RunSummary run() throws Exception {
    return run(Optional.empty());
  }

  RunSummary run(HourRange range) throws Exception {
    return run(Optional.of(range));
  }

  /** Removes the commits after one; a job that held the log is gone after 15 s. */
  Answer rewind(long commit) throws Exception {
    Answer answer =
        new RewindPipeline(
                options(RunKind.REWIND, Optional.empty(), OptionalLong.of(commit)),
                declaration,
                archive.toUri(),
                BatchRunFixture::spark,
                progress(),
                JobLease.LENGTH)
            .run();
    speed.rewound(commit);
    return answer;
  }

  Answer verify() throws Exception {
    return new VerifyPipeline(
            options(RunKind.VERIFY, Optional.empty(), OptionalLong.empty()),
            declaration,
            archive.toUri(),
            this::sparkOfAudit,
            progress(),
            Clock.systemUTC())
        .run();
  }

  Answer repair() throws Exception {
    return new RepairPipeline(
            options(RunKind.REPAIR, Optional.empty(), OptionalLong.empty()),
            declaration,
            archive.toUri(),
            this::sparkOfAudit,
            progress(),
            Clock.systemUTC())
        .run();
  }

  private RunSummary run(Optional<HourRange> range) throws Exception {
    return new BatchPipeline(
            options(RunKind.RUN, range, OptionalLong.empty()),
            declaration,
            archive.toUri(),
            BatchRunFixture::spark,
            progress(),
            clock())
        .run();
  }

  /** Serves the versions before those of the last published run again. */
  Answer rollback() throws Exception {
    return rollback(Optional.empty());
  }

  /** Serves the versions before those of a range again. */
  Answer rollback(HourRange range) throws Exception {
    return rollback(Optional.of(range));
  }

  private Answer rollback(Optional<HourRange> range) throws Exception {
    return new RollbackPipeline(
            options(RunKind.ROLLBACK, range, OptionalLong.empty()),
            declaration,
            archive.toUri(),
            progress())
        .run();
  }

  private Clock clock() {
    return now == null ? Clock.systemUTC() : Clock.fixed(now, ZoneOffset.UTC);
  }

  private BatchLayerOptions options(
      RunKind command, Optional<HourRange> range, OptionalLong commit) {
    // Small buckets, so that an event hour has several.
    return new BatchLayerOptions(
        command,
        Path.of("pipeline.yaml"),
        new Database(database.jdbcUrl(), database.user(), ""),
        Optional.empty(),
        range,
        fromArrivals,
        through,
        700,
        acceptDifferences,
        replace,
        commit);
  }

  private Progress progress() {
    Consumer<String> told = onStep;
    return new Progress() {
      @Override
      public void step(String what) {
        told.accept(what);
      }

      @Override
      public void tasks(int done, int total) {
        assertThat(done).isBetween(1, total);
      }
    };
  }

  /** What the merged views show is what the oracle makes of all events committed so far. */
  void assertServed() throws SQLException {
    EveryEventOnce.assertServed(database, pipeline(), speed.archived());
  }

  /** Every visible row of every cube is what the oracle computes from these events. */
  void assertBatchRows(List<ArchivedEvent> events) throws SQLException {
    try (Connection connection = database.connect()) {
      for (int cube = 0; cube < pipeline().cubes().size(); cube++) {
        for (CubeTable table : List.of(CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR)) {
          Map<AggregateKey, MinuteAggregate> expected =
              BatchOracle.expected(pipeline(), cube, table, events);
          Map<AggregateKey, MinuteAggregate> published =
              BatchOracle.published(connection, pipeline(), cube, table);
          assertThat(published.keySet()).isEqualTo(expected.keySet());
          expected.forEach(
              (key, aggregate) -> {
                assertThat(published.get(key)).as(key.toString()).isEqualTo(aggregate);
                assertThat(published.get(key).toBytes()).isEqualTo(aggregate.toBytes());
              });
        }
      }
    }
  }

  private JavaSparkContext sparkOfAudit() {
    beforeAuditTasks.run();
    return spark();
  }

  private static synchronized JavaSparkContext spark() {
    if (spark == null) {
      SparkConf conf =
          new SparkConf()
              .setMaster("local[2]")
              .setAppName("test")
              .set("spark.ui.enabled", "false")
              .set("spark.driver.host", "127.0.0.1")
              .set("spark.driver.bindAddress", "127.0.0.1");
      spark = new JavaSparkContext(conf);
    }
    return spark;
  }

  @Override
  public void close() {
    database.close();
  }
}
