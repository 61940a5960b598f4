package dev.weir.benchmark.peer.flink;

import dev.weir.benchmark.peer.work.TrafficRow;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Turns a window that closes into its row. */
final class EmitTraffic
    extends ProcessWindowFunction<
        TrafficAccumulator, TrafficRow, Tuple2<String, String>, TimeWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public void process(
      Tuple2<String, String> series,
      Context context,
      Iterable<TrafficAccumulator> accumulators,
      Collector<TrafficRow> rows) {
    TrafficAccumulator totals = accumulators.iterator().next();
    rows.collect(
        new TrafficRow(
            context.window().getStart(),
            series.f0,
            series.f1,
            totals.count,
            totals.sum,
            totals.min,
            totals.max,
            totals.sketch.getValueAtQuantile(0.95)));
  }
}
