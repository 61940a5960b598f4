package dev.weir.benchmark.peer.spark;

import dev.weir.benchmark.peer.work.PeerReport;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/** Counts the records of one query, a micro-batch at a time. */
final class CountProgress extends StreamingQueryListener {
  private final String query;

  CountProgress(String query) {
    this.query = query;
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {}

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    if (query.equals(event.progress().name())) {
      PeerReport.read(event.progress().numInputRows());
    }
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {}
}
