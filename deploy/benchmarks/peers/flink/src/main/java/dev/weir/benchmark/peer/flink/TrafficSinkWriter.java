package dev.weir.benchmark.peer.flink;

import dev.weir.benchmark.peer.work.TrafficRow;
import dev.weir.benchmark.peer.work.TrafficTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/** Collects rows and writes them five times a second, at checkpoints and when there are many. */
final class TrafficSinkWriter implements SinkWriter<TrafficRow> {
  private static final long INTERVAL_MILLIS = 200;
  private static final int MOST_ROWS = 1000;

  private final String databaseUrl;
  private final ProcessingTimeService clock;
  private final Map<Key, TrafficRow> rows = new HashMap<>();
  private TrafficTable table;

  private record Key(long minuteMillis, String type, String segment) {}

  TrafficSinkWriter(String databaseUrl, ProcessingTimeService clock) {
    this.databaseUrl = databaseUrl;
    this.clock = clock;
  }

  void flushRegularly() {
    var unused =
        clock.registerTimer(
            clock.getCurrentProcessingTime() + INTERVAL_MILLIS,
            time -> {
              flush(false);
              flushRegularly();
            });
  }

  @Override
  public void write(TrafficRow row, Context context) throws IOException {
    rows.put(new Key(row.minuteMillis(), row.type(), row.segment()), row);
    if (rows.size() >= MOST_ROWS) {
      flush(false);
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      if (table == null) {
        table = TrafficTable.open(databaseUrl);
      }
      table.upsert(rows.values());
      rows.clear();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    if (table != null) {
      table.close();
    }
  }
}
