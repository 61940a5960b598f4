package dev.weir.serving.option;

/**
 * One option of the command line, {@code --key value}.
 *
 * @param type what its value is, for a person to read
 * @param defaultValue empty where it may be left out; null where the option must be given
 */
public record Option(String key, String type, String defaultValue, String description) {
  /** A line that explains it, for a person to read. */
  public String explained() {
    String otherwise =
        defaultValue == null
            ? ", required"
            : defaultValue.isEmpty() ? "" : ", default " + defaultValue;
    return "  --%-24s %s (%s%s)%n".formatted(key, description, type, otherwise);
  }
}
