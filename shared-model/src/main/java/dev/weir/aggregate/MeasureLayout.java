package dev.weir.aggregate;

import java.io.Serializable;
import java.util.List;

/**
 * What one cube measures: which of the event's numbers, whether each needs percentile bins, and
 * which of the event's identifiers are counted distinct. Positions refer to the event's arrays; at
 * most 64 of each kind, because presence travels as a bit mask.
 *
 * @param numbers the measured numbers, each named at most once
 * @param distinctIdentifiers positions of the identifiers counted distinct, each named at most once
 */
public record MeasureLayout(List<NumberMeasure> numbers, List<Integer> distinctIdentifiers)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A mask has one bit per position. */
  private static final int MAX_POSITIONS = Long.SIZE;

  /**
   * Copies the lists and checks every position.
   *
   * @throws IllegalArgumentException if a position is outside 0 to 63 or named twice
   */
  public MeasureLayout {
    numbers = List.copyOf(numbers);
    distinctIdentifiers = List.copyOf(distinctIdentifiers);
    requireDistinct("number", numbers.stream().map(NumberMeasure::number).toList());
    requireDistinct("identifier", distinctIdentifiers);
  }

  private static void requireDistinct(String kind, List<Integer> positions) {
    for (int position : positions) {
      if (position < 0 || position >= MAX_POSITIONS) {
        throw new IllegalArgumentException(
            kind + " position " + position + " is outside 0 to " + (MAX_POSITIONS - 1));
      }
    }
    if (positions.stream().distinct().count() != positions.size()) {
      throw new IllegalArgumentException("a " + kind + " position is named twice: " + positions);
    }
  }

  /**
   * One measured number.
   *
   * @param number its position among the event's numbers
   * @param percentiles whether bins are kept, so that percentiles can be asked
   */
  public record NumberMeasure(int number, boolean percentiles) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
