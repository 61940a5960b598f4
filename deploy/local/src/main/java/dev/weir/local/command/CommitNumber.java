package dev.weir.local.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The number of a commit of the commit log, or 0 for the empty log. */
final class CommitNumber implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new TypeConversionException(
          "'" + text + "' is not the number of a commit; weir status tells the last one's");
    }
    return Long.valueOf(text);
  }
}
