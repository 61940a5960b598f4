package dev.weir.faults.isolation;

/**
 * How an actor ended.
 *
 * @param refused whether it was refused and says that it changed nothing
 * @param message what it said
 */
record Outcome(boolean refused, String message) {

  static Outcome done(String message) {
    return new Outcome(false, message);
  }

  static Outcome refused(String message) {
    return new Outcome(true, message);
  }
}
