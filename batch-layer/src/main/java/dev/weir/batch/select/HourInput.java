package dev.weir.batch.select;

import java.io.Serializable;

/**
 * What the archive manifest says a file holds of one event hour.
 *
 * @param file position in {@link RunPlan#files()}
 * @param hashSum order-free sum of the rows' hashes, modulo 2^64
 */
public record HourInput(int file, long rows, long hashSum) implements Serializable {
  private static final long serialVersionUID = 1L;
}
