package dev.weir.benchmark;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Among which events a measurement's speed layer looks for duplicates. */
public final class ScopeOption {
  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "topic",
      converter = Known.class,
      description = "Scope of duplicates: topic or partition (default ${DEFAULT-VALUE}).")
  private String scope;

  /** {@code topic} or {@code partition}. */
  public String scope() {
    return scope;
  }

  private static final class Known implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!List.of("topic", "partition").contains(text)) {
        throw new TypeConversionException("it is topic or partition, not '" + text + "'");
      }
      return text;
    }
  }
}
