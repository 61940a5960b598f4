package dev.weir.pipeline;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MeasureLayout.NumberMeasure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Derives from a cube's declaration what its rows hold, and the hash that names that. */
final class CubeDefinition {
  private static final int HASH_DIGITS = 16;

  private CubeDefinition() {}

  static Cube cube(
      String name, List<Integer> dimensions, List<String> dimensionNames, List<Measure> measures) {
    return new Cube(
        name,
        dimensions,
        dimensionNames,
        measures,
        layout(measures),
        hash(canonicalText(dimensionNames, measures)));
  }

  private static MeasureLayout layout(List<Measure> measures) {
    List<NumberMeasure> numbers = new ArrayList<>();
    List<Integer> identifiers = new ArrayList<>();
    for (Measure measure : measures) {
      if (measure instanceof Measure.OfNumber number) {
        numbers.add(new NumberMeasure(number.number(), !number.percentiles().isEmpty()));
      } else if (measure instanceof Measure.Distinct distinct) {
        identifiers.add(distinct.identifier());
      }
    }
    return new MeasureLayout(numbers, identifiers);
  }

  /**
   * Everything that changes a row, and nothing else: a row always keeps a number's count, sum, min
   * and max, and bins serve every percentile, so asking for one more of them is the same
   * definition.
   */
  private static String canonicalText(List<String> dimensions, List<Measure> measures) {
    StringBuilder text = new StringBuilder("weir cube 1\n");
    dimensions.forEach(dimension -> text.append("dimension ").append(dimension).append('\n'));
    for (Measure measure : measures) {
      if (measure instanceof Measure.OfNumber number) {
        text.append("number ").append(number.name()).append(" scale ").append(number.scale());
        text.append(number.percentiles().isEmpty() ? "\n" : " bins\n");
      } else if (measure instanceof Measure.Distinct distinct) {
        text.append("distinct ").append(distinct.name()).append('\n');
      }
    }
    return text.toString();
  }

  private static String hash(String canonicalText) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(canonicalText.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What a measure is of, so that the same thing is not measured twice. */
  static String label(Measure measure) {
    if (measure instanceof Measure.OfNumber number) {
      return "number " + number.name();
    }
    return measure instanceof Measure.Distinct distinct ? "distinct " + distinct.name() : "count";
  }
}
