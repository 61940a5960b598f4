package dev.weir.batch.select;

import java.io.Serializable;
import java.util.List;

/**
 * A Parquet file of the archive that a run reads, once.
 *
 * @param index position in {@link RunPlan#files()}
 * @param path relative to the archive root
 * @param commit that listed it; 0 for a compacted file, whose rows carry their own
 * @param rows in all its event hours
 * @param hours wanted from it, as positions in {@link RunPlan#hours()}, ascending
 */
public record InputFile(int index, String path, long commit, long rows, List<Integer> hours)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public InputFile {
    hours = List.copyOf(hours);
  }
}
