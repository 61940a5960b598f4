package dev.weir.db;

import java.util.List;

/** The four tables of a cube's definition and their key columns, which stand first. */
public enum CubeTable {
  /** Deltas: one row per commit and series that the commit touched. Partitioned by UTC day. */
  SPEED("speed", "", List.of("commit", "event_hour", "bucket")),
  /** Cumulative rows of epochs not yet committed. */
  LIVE("live", "", List.of("writer", "base", "seq", "series", "event_hour", "bucket")),
  /** One row per version and minute series. Partitioned by UTC day. */
  BATCH_MINUTE("batch", "_minute", List.of("version", "event_hour", "bucket")),
  /** One row per version and hour series; its bucket is the hour. Partitioned by UTC day. */
  BATCH_HOUR("batch", "_hour", List.of("version", "event_hour", "bucket"));

  private final String schema;
  private final String ending;
  private final List<String> keyColumns;

  CubeTable(String schema, String ending, List<String> keyColumns) {
    this.schema = schema;
    this.ending = ending;
    this.keyColumns = keyColumns;
  }

  /** PostgreSQL schema the table stands in. */
  public String schema() {
    return schema;
  }

  /** What its name ends with after the definition's suffix. */
  String ending() {
    return ending;
  }

  /** Columns that stand before the dimensions and measures. */
  public List<String> keyColumns() {
    return keyColumns;
  }

  /** Whether rows go to partitions by day, which {@code weir.ensure_day} creates. */
  public boolean partitioned() {
    return this != LIVE;
  }
}
