package dev.weir.faults.torture;

/** The moment at which a fault was to strike did not come. */
final class StepNotReachedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepNotReachedException(String message) {
    super(message);
  }
}
