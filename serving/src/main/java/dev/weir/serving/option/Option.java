package dev.weir.serving.option;

/**
 * One option of the command line, {@code --key value}.
 *
 * @param type what its value is, for a person to read
 * @param defaultValue empty where it may be left out; null where the option must be given
 */
public record Option(String key, String type, String defaultValue, String description) {}
