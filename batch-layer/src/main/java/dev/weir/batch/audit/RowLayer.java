package dev.weir.batch.audit;

import dev.weir.db.CubeTable;
import java.util.Locale;

/** The tables whose rows have digests. */
public enum RowLayer {
  SPEED(CubeTable.SPEED, "commit"),
  MINUTE(CubeTable.BATCH_MINUTE, "version"),
  HOUR(CubeTable.BATCH_HOUR, "version");

  private final CubeTable table;
  private final String tagged;

  RowLayer(CubeTable table, String tagged) {
    this.table = table;
    this.tagged = tagged;
  }

  /** Its name in {@code weir.row_digest}. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its table. */
  public CubeTable table() {
    return table;
  }

  /** What the rows' tag is. */
  String tagged() {
    return tagged;
  }
}
