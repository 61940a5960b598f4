package dev.weir.benchmark.peer.flink;

import dev.weir.benchmark.peer.work.TrafficRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Upserts rows into PostgreSQL; at least once, which upserts of whole rows make exact. */
final class TrafficSink implements Sink<TrafficRow> {
  private static final long serialVersionUID = 1L;

  private final String databaseUrl;

  TrafficSink(String databaseUrl) {
    this.databaseUrl = databaseUrl;
  }

  @Override
  public SinkWriter<TrafficRow> createWriter(WriterInitContext context) {
    TrafficSinkWriter writer =
        new TrafficSinkWriter(databaseUrl, context.getProcessingTimeService());
    writer.flushRegularly();
    return writer;
  }
}
