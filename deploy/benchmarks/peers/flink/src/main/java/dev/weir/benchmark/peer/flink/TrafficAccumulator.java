package dev.weir.benchmark.peer.flink;

import com.datadoghq.sketch.ddsketch.DDSketch;

/** A window's measures while it is open; a Flink POJO. */
public class TrafficAccumulator {
  public long count;
  public double sum;
  public double min = Double.MAX_VALUE;
  public double max = -Double.MAX_VALUE;
  public DDSketch sketch;
}
