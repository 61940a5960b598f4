package dev.weir.serving.rollup;

/** A cube has so many series in an hour that its roll-ups would not fit into memory. */
final class TooManySeriesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManySeriesException(String cube) {
    super(
        "Cube "
            + cube
            + " has more series than are rolled up, "
            + AddUpHour.MOST_SERIES
            + " an hour with those of fewer dimensions: its answers are added up when they are asked"
            + " for, and take longer");
  }
}
