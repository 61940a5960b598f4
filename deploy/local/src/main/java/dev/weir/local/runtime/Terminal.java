package dev.weir.local.runtime;

/** Whether a person types the input or reads the output; {@code deploy/weir} has looked. */
public final class Terminal {
  private static final String SEEN = System.getProperty("weir.terminal", "");

  private Terminal() {}

  public static boolean isInput() {
    return SEEN.contains("0");
  }

  /** Standard error, on which progress is shown. */
  public static boolean isError() {
    return SEEN.contains("2");
  }
}
