package dev.weir.benchmark.peer.work;

import java.io.Serializable;

/**
 * A row that a peer computes: one minute of one event type and user segment.
 *
 * @param minuteMillis start of the minute, epoch milliseconds
 * @param p95 approximate 95th percentile, by whatever sketch the engine has
 */
public record TrafficRow(
    long minuteMillis,
    String type,
    String segment,
    long count,
    double sum,
    double min,
    double max,
    double p95)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
