package dev.weir.benchmark.peer.work;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a peer tells the benchmark on its standard output, a line each: {@code read N} ten times a
 * second, {@code query SECONDS} for each repetition of a batch query, {@code finished} once every
 * row is in the database. All else goes to standard error. The benchmark measures CPU and memory
 * from outside.
 *
 * <p>One count for the whole process: engines make copies of the functions that count.
 */
public final class PeerReport {
  private static final long INTERVAL_MILLIS = 100;
  private static final LongAdder READ = new LongAdder();

  private PeerReport() {}

  /** Notes one record taken from the topic. */
  public static void read() {
    READ.increment();
  }

  /** Notes records taken from the topic. */
  public static void read(long records) {
    READ.add(records);
  }

  /** Tells how many records were read, from now on until the process ends. */
  public static void startTelling() {
    Thread thread = new Thread(PeerReport::tellAgainAndAgain, "peer-report");
    thread.setDaemon(true);
    thread.start();
  }

  private static void tellAgainAndAgain() {
    try {
      while (true) {
        tell("read " + READ.sum());
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells how long a query took, engine start excluded. */
  public static void query(long nanos) {
    tell(String.format(Locale.ROOT, "query %.3f", nanos / 1e9));
  }

  /** Tells that all results can be read in the database. */
  public static void finished() {
    tell("read " + READ.sum());
    tell("finished");
  }

  private static synchronized void tell(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
