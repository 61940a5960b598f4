package dev.weir.local.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number above 0, not necessarily a whole one. */
final class LinesPerSecond implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    double rate = number(text);
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new TypeConversionException("'" + text + "' is not a number above 0");
    }
    return rate;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
