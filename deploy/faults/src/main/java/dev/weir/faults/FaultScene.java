package dev.weir.faults;

import dev.weir.faults.check.OracleCheck;
import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.stream.LateArrivals;
import dev.weir.faults.stream.StreamProducer;
import dev.weir.faults.system.FaultRuntime;
import dev.weir.faults.system.Health;
import dev.weir.faults.system.Pipelines;
import dev.weir.oracle.SeededStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Everything that a fault test needs, started: the real parts behind a proxy, a seeded stream that
 * flows, the oracle beside it, and a reader that polls. Closing it ends all of it.
 */
public final class FaultScene implements AutoCloseable {
  private static final String TOPIC = "clicks";
  private static final Duration COMMIT = Duration.ofSeconds(2);

  private final FaultRuntime runtime;
  private final SeededStream stream;
  private final StreamProducer producer;
  private final TotalsPoller poller;
  private final OracleCheck oracle;
  private final Health health;

  private FaultScene(FaultRuntime runtime, long seed, int linesPerSecond) {
    this.runtime = runtime;
    this.stream =
        new SeededStream(seed, runtime.pipeline().cubes().get(0).layout(), new LateArrivals());
    this.producer = new StreamProducer(stream, runtime.endpoints().kafka(), TOPIC, linesPerSecond);
    this.poller = new TotalsPoller(runtime, producer::unique);
    this.oracle = new OracleCheck(runtime, stream);
    this.health = new Health(runtime);
  }

  /**
   * Starts the parts; the stream flows when this returns.
   *
   * @param folder empty or missing
   */
  public static FaultScene start(Path folder, long seed, int linesPerSecond) {
    FaultRuntime runtime = new FaultRuntime(folder, Pipelines.clicks(COMMIT));
    try {
      runtime.up();
      FaultScene scene = new FaultScene(runtime, seed, linesPerSecond);
      scene.producer.resume();
      return scene;
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

  public StreamProducer producer() {
    return producer;
  }

  public TotalsPoller poller() {
    return poller;
  }

  public Health health() {
    return health;
  }

  /**
   * Stops the stream, waits until everything is committed, compares all of it with the oracle, and
   * lets the stream flow again.
   *
   * @return what differs, and what the reader saw that must not be; empty if all is well
   */
  public List<String> compare(Duration patience)
      throws TimeoutException, InterruptedException, SQLException, IOException {
    producer.pause();
    oracle.awaitDrained(patience);
    List<String> wrong = new ArrayList<>(poller.violations());
    wrong.addAll(oracle.differences());
    producer.resume();
    return wrong;
  }

  @Override
  public void close() {
    poller.close();
    producer.close();
    runtime.close();
  }
}
