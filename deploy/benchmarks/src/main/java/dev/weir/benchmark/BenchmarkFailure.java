package dev.weir.benchmark;

/** A benchmark whose result is worth nothing: what was served is wrong, or it never ended. */
public final class BenchmarkFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchmarkFailure(String message) {
    super(message);
  }
}
