package dev.weir.benchmark.freshness;

import java.util.Locale;

/** The cube of the benchmark's pipeline that is asked for the probes. */
public enum WatchedCube {
  /** 24 series a minute. */
  TRAFFIC,
  /** 1,200 series a minute. */
  ROUTES;

  String view() {
    return "serving." + name().toLowerCase(Locale.ROOT) + "_minute";
  }
}
