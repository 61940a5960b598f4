package dev.weir.speed.live;

import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.Backoff;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.live.LiveConnection.Standing;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one subtask's counts of the epochs not yet committed to {@code live.<cube>}, on a thread
 * and a connection of its own.
 *
 * <p>Rows are cumulative for their epoch and the latest wins, so a repeated or late flush is
 * harmless. Nothing is written before the writer is registered ({@code
 * EpochPart.LiveWriterStarted}). After a reconnect every row of an uncommitted epoch is written
 * again. Errors slow the preview down, are logged once per outage and never fail the job: what is
 * counted is decided by the commit alone.
 */
public final class LivePreview implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivePreview.class);

  /**
   * Rows held at most; a subtask that has written more of its open epochs writes only some of them
   * again after an outage.
   */
  private static final int MAX_ROWS = 50_000;

  /**
   * Rows of a cube that wait to be written: what a second takes. Of many cubes fewer, so that all
   * of them together find room.
   */
  private static final int MOST_WAITING = 10_000;

  /** Rows per transaction, so that rows of another cube wait for some 10 ms at most. */
  private static final int BATCH_ROWS = 250;

  /** How often a writer that is not registered yet looks again. */
  private static final long REGISTRATION_MILLIS = 50;

  /** How often committed rows are looked for when nothing is to be written. */
  private static final long IDLE_MILLIS = 1_000;

  private static final long CLOSE_MILLIS = 5_000;

  private final UUID writer;
  private final DatabaseAddress database;
  private final LiveRows rows;
  private final LiveBuffer buffer;
  private final LiveConnection connection;
  private final Backoff backoff = Backoff.standard();
  private final Thread thread;
  private final Counter rowsWritten;
  private final Counter rowsDropped;
  private final int mostWaiting;
  private volatile boolean closed;
  private volatile long flushMillis;
  private long deletedBelow;

  /** Without its thread: the caller steps it. */
  LivePreview(UUID writer, DatabaseAddress database, Pipeline pipeline, MetricGroup metrics) {
    this.writer = writer;
    this.database = database;
    this.rows = new LiveRows(writer);
    this.buffer = new LiveBuffer(pipeline.cubes().size(), MAX_ROWS);
    this.mostWaiting = Math.min(MOST_WAITING, MAX_ROWS / 2 / pipeline.cubes().size());
    this.connection = new LiveConnection(database, pipeline, writer);
    this.rowsWritten = metrics.counter("liveRowsWritten");
    this.rowsDropped = metrics.counter("liveRowsDropped");
    metrics.gauge("liveRowsWaiting", buffer::waiting);
    metrics.gauge("liveFlushMillis", () -> flushMillis);
    this.thread = new Thread(this::run, "live-preview-" + writer);
    thread.setDaemon(true);
  }

  /**
   * Starts the preview's thread; connects in the background.
   *
   * @param writer the id that was announced by {@code LiveWriterStarted}
   */
  public static LivePreview open(
      UUID writer, DatabaseAddress database, Pipeline pipeline, MetricGroup metrics) {
    LivePreview preview = new LivePreview(writer, database, pipeline, metrics);
    preview.thread.start();
    return preview;
  }

  /**
   * Hands over series that changed. Never waits for the database and never throws for its sake.
   *
   * @param base the last checkpoint that the caller has passed; 0 before the first
   * @param seq increases with every call of this writer, of this method or of {@link #offerCounts}
   * @param cumulative what each series has counted since {@code base}; read before this returns
   */
  public void offer(long base, long seq, List<SeriesDelta> cumulative) {
    offer(base, rows.whole(base, seq, cumulative));
  }

  /** The same without the sketches, of series that were handed over whole since {@code base}. */
  public void offerCounts(long base, long seq, List<SeriesDelta> cumulative) {
    offer(base, rows.counts(base, seq, cumulative));
  }

  /** How many rows of a cube may be handed over before as many wait as should. */
  public int room(int cube) {
    return Math.max(0, mostWaiting - buffer.waiting(cube));
  }

  private void offer(long base, List<LiveRow> changed) {
    int dropped = buffer.offer(base, changed);
    if (dropped > 0) {
      rowsDropped.inc(dropped);
    }
  }

  /** Stops the thread. Rows not yet written are not shown before their commit. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    connection.abort();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int failures = 0;
    while (!closed) {
      try {
        try {
          step();
          if (failures > 0) {
            LOG.info("Live preview {} is back", writer);
          }
          failures = 0;
        } catch (SQLException | RuntimeException e) {
          connection.disconnect();
          if (failures == 0 && !closed) {
            LOG.warn(
                "Live preview {} cannot write to the database of {}; its series show with their "
                    + "commit until it can: {}",
                writer,
                database,
                e.toString());
          }
          Thread.sleep(backoff.after(failures++).toMillis());
        }
      } catch (InterruptedException e) {
        break;
      }
    }
    connection.disconnect();
  }

  /** One look at the commit log and at most one flush. */
  void step() throws SQLException, InterruptedException {
    buffer.awaitWaiting(IDLE_MILLIS);
    if (connection.connect()) {
      buffer.repeatAll();
    }
    Standing standing = connection.standing();
    if (!standing.registered()) {
      connection.commit();
      Thread.sleep(REGISTRATION_MILLIS);
      return;
    }
    if (standing.liveBase() > deletedBelow) {
      buffer.forgetBelow(standing.liveBase());
      connection.deleteBelow(standing.liveBase());
      deletedBelow = standing.liveBase();
    }
    List<LiveRow> batch = buffer.take(BATCH_ROWS);
    if (batch.isEmpty()) {
      connection.commit();
    } else {
      flush(batch);
    }
  }

  private void flush(List<LiveRow> batch) throws SQLException {
    long start = System.nanoTime();
    boolean done = false;
    try {
      connection.write(batch);
      done = true;
    } finally {
      if (done) {
        buffer.written(batch);
      } else {
        buffer.failed(batch);
      }
    }
    rowsWritten.inc(batch.size());
    flushMillis = (System.nanoTime() - start) / 1_000_000;
  }
}
