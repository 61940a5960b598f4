package dev.weir.benchmark;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number with a unit: {@code 60s} or {@code 5m}. */
public final class TimeOption implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String given = text.toLowerCase(Locale.ROOT);
    if (!given.matches("[1-9][0-9]{0,5}[sm]")) {
      throw new TypeConversionException("'" + text + "' is not a time; write it as 60s or 5m");
    }
    long number = Long.parseLong(given.substring(0, given.length() - 1));
    return given.endsWith("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
  }
}
