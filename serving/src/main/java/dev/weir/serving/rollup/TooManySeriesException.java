package dev.weir.serving.rollup;

/** A cube has so many series in an hour that their sums might not fit into memory. */
final class TooManySeriesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManySeriesException() {
    super("more series than are added up in memory");
  }
}
