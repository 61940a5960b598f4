package dev.weir.faults.torture;

/**
 * One way to harm the running system.
 *
 * @param kind what is harmed, as the report counts it
 * @param step the moment
 * @param strike does it
 */
public record Fault(String kind, String step, Strike strike) {

  /** Does the harm and ends it, but for what {@code weir up} repairs. */
  public interface Strike {
    /** Strikes, and returns what exactly was done, for the report. */
    String at(Target target) throws Exception;
  }

  @Override
  public String toString() {
    return kind + ", " + step;
  }
}
