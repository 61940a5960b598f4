package dev.weir.local.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where ports are looked for: {@code WEIR_PORTS}, or else below the range from which systems give
 * ports to outgoing connections.
 *
 * @param lowest the first one
 * @param highest the last one
 */
record PortRange(int lowest, int highest) {
  static final PortRange USUAL = new PortRange(20_000, 32_000);
  private static final String VARIABLE = "WEIR_PORTS";
  private static final Pattern FORM = Pattern.compile("([0-9]{4,5})-([0-9]{4,5})");
  private static final int FEWEST = 100;
  private static final int LAST_PORT = 65_535;

  static PortRange ofThisProcess() {
    String text = System.getenv(VARIABLE);
    return text == null || text.isBlank() ? USUAL : of(text.strip());
  }

  static PortRange of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      PortRange range =
          new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if (range.highest <= LAST_PORT && range.highest - range.lowest >= FEWEST - 1) {
        return range;
      }
    }
    throw new LocalRuntimeException(
        VARIABLE
            + " is '"
            + text
            + "': write it as "
            + USUAL
            + ", with at least "
            + FEWEST
            + " ports.");
  }

  @Override
  public String toString() {
    return lowest + "-" + highest;
  }
}
