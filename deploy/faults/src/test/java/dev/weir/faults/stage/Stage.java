package dev.weir.faults.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.db.CubeTables;
import dev.weir.faults.check.OracleCheck;
import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.proxy.Gate;
import dev.weir.faults.stream.StreamProducer;
import dev.weir.faults.system.FaultRuntime;
import dev.weir.faults.system.Pipelines;
import dev.weir.local.part.Topics;
import dev.weir.oracle.SeededStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The real parts behind the proxy, a seeded stream and its truth. Each test finds a running job and
 * nothing flowing, and leaves what it produced behind: the oracle knows all of it.
 */
public final class Stage implements AutoCloseable {
  /** For whatever must happen soon, on a machine that does other work, too. */
  public static final Duration PATIENCE = Duration.ofMinutes(6);

  private static final Duration COMMIT = Duration.ofSeconds(1);
  private static final int LINES_PER_SECOND = 200;

  private final FaultRuntime runtime;
  private final ChangingLateness lateness = new ChangingLateness();
  private final SeededStream stream;
  private final StreamProducer producer;
  private final Database database;
  private final Jobs jobs;

  private Stage(FaultRuntime runtime, long seed) {
    this.runtime = runtime;
    this.stream = new SeededStream(seed, runtime.pipeline().cubes().get(0).layout(), lateness);
    this.producer =
        new StreamProducer(stream, runtime.endpoints().kafka(), "clicks", LINES_PER_SECOND);
    this.database = new Database(runtime);
    this.jobs = new Jobs(runtime);
  }

  static Stage start(Path folder, long seed) {
    FaultRuntime runtime = new FaultRuntime(folder, Pipelines.clicks(COMMIT));
    try {
      runtime.up();
      return new Stage(runtime, seed);
    } catch (RuntimeException e) {
      runtime.close();
      throw e;
    }
  }

  public FaultRuntime runtime() {
    return runtime;
  }

  public SeededStream stream() {
    return stream;
  }

  public Database database() {
    return database;
  }

  public Jobs jobs() {
    return jobs;
  }

  /** Name of the speed layer's table of the first cube. */
  public String speedTable() {
    return tables().speedTable();
  }

  /** Name of the live preview's table of the first cube. */
  public String liveTable() {
    return tables().liveTable();
  }

  private CubeTables tables() {
    return CubeTables.of(runtime.pipeline(), runtime.pipeline().cubes().get(0));
  }

  /** The {@code weir} command on this runtime. */
  public Command weir(String... arguments) {
    return Command.start(runtime.data().root(), arguments);
  }

  /** Events flow from now on, some of them hours late. */
  public void flow() {
    producer.resume();
  }

  /** The same, as late as this says. */
  public void flow(SeededStream.Lateness next) {
    lateness.become(next);
    producer.resume();
  }

  /** Events flow until the log has this many commits more. */
  public void flowForCommits(int commits) throws InterruptedException {
    long wanted = database.head() + commits;
    flow();
    await().atMost(PATIENCE).until(() -> database.head() >= wanted);
    pause();
  }

  /** Nothing flows from now on; what was sent is in Kafka. */
  public void pause() throws InterruptedException {
    producer.pause();
  }

  /** For each partition of the topic: the offset after its last record. */
  public Map<TopicPartition, Long> endOffsets() {
    return new Topics(runtime.endpoints().kafka()).endOffsets(runtime.pipeline());
  }

  /** A reader that polls until it is closed. */
  public TotalsPoller poll() {
    return new TotalsPoller(runtime, producer::unique);
  }

  /**
   * Takes a savepoint of a job while events flow, and waits until more is committed. One that
   * follows a checkpoint at once ends an empty epoch, which has no commit: then another is taken.
   */
  public CommittedSavepoint committedSavepoint(String job) {
    while (true) {
      String savepoint = jobs().savepoint(job);
      long after = database().head();
      await().atMost(PATIENCE).until(() -> database().head() > after + 2);
      List<String> committed =
          database()
              .column(
                  "SELECT commit FROM weir.ledger WHERE job_id = ? AND checkpoint = ?",
                  job,
                  jobs().checkpointOf(savepoint));
      if (!committed.isEmpty()) {
        return new CommittedSavepoint(savepoint, Long.parseLong(committed.get(0)));
      }
    }
  }

  /** A savepoint's address, and the commit of the epoch that it ended. */
  public record CommittedSavepoint(String savepoint, long commit) {}

  /** Nothing flows, and everything is committed. */
  public void settle() throws Exception {
    pause();
    lateness.become(ChangingLateness.HOURS);
    new OracleCheck(runtime, stream).awaitDrained(PATIENCE);
  }

  /** Settles, and compares everything there is with the oracle. */
  public void assertEqualsOracle() throws Exception {
    settle();
    assertThat(new OracleCheck(runtime, stream).differences()).isEmpty();
  }

  /** Whatever the test before has left: a running job and nothing in the way. */
  void ready() throws InterruptedException {
    pause();
    runtime.proxy().gate(Gate.OPEN);
    runtime.proxy().open();
    runtime.up();
    await().atMost(PATIENCE).until(() -> runtime.flink().allTasksRun(jobs.running()));
  }

  @Override
  public void close() {
    producer.close();
    runtime.close();
  }
}
