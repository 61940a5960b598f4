package dev.weir.benchmark.peer;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one engine reached at one kind of work.
 *
 * @param work drain, batch or freshness
 * @param figures those that could be measured
 * @param result {@code exact}, or what differs from the truth, or why there is nothing
 */
public record EngineFigures(
    String work, String engine, Map<Figure, Double> figures, String result) {
  public static final String EXACT = "exact";

  public EngineFigures {
    Map<Figure, Double> copy = new EnumMap<>(Figure.class);
    copy.putAll(figures);
    figures = copy;
  }

  /** An engine that did not reach its end. */
  public static EngineFigures failed(String work, String engine, String why) {
    return new EngineFigures(work, engine, Map.of(), "failed: " + why);
  }

  public OptionalDouble figure(Figure figure) {
    Double value = figures.get(figure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  public boolean isExact() {
    return result.equals(EXACT);
  }
}
