package dev.weir.db;

import java.util.List;

/** The four tables of a cube's definition and their key columns, which stand first. */
public enum CubeTable {
  /** Deltas: one row per commit and series that the commit touched. Partitioned by UTC day. */
  SPEED("speed", ""),
  /** Cumulative rows of epochs not yet committed. */
  LIVE("live", ""),
  /** One row per version and minute series. Partitioned by UTC day. */
  BATCH_MINUTE("batch", "_minute"),
  /** One row per version and hour series; its bucket is the hour. Partitioned by UTC day. */
  BATCH_HOUR("batch", "_hour");

  private final String schema;
  private final String ending;

  CubeTable(String schema, String ending) {
    this.schema = schema;
    this.ending = ending;
  }

  /** PostgreSQL schema the table stands in. */
  public String schema() {
    return schema;
  }

  /** What its name ends with after the definition's suffix. */
  String ending() {
    return ending;
  }

  /** What {@code weir.row_digest} calls its rows. */
  public String layer() {
    return switch (this) {
      case SPEED -> "speed";
      case LIVE -> throw new IllegalStateException("no digests are kept of live rows");
      case BATCH_MINUTE -> "minute";
      case BATCH_HOUR -> "hour";
    };
  }

  /** Columns that stand before the dimensions and measures. */
  public List<String> keyColumns() {
    return switch (this) {
      case SPEED -> List.of("commit", "event_hour", "bucket");
      case LIVE -> List.of("writer", "base", "seq", "series", "event_hour", "bucket");
      case BATCH_MINUTE, BATCH_HOUR -> List.of("version", "event_hour", "bucket");
    };
  }

  /** Whether rows have {@link ComputedColumns}: they are served as they are. */
  boolean computed() {
    return this == BATCH_MINUTE || this == BATCH_HOUR;
  }

  /** Whether rows go to partitions by day, which {@code weir.ensure_day} creates. */
  public boolean partitioned() {
    return this != LIVE;
  }
}
