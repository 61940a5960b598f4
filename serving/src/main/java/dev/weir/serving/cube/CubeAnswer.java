package dev.weir.serving.cube;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The answer to a {@link CubeQuery}, one page of it: everything in it belongs to one snapshot.
 *
 * @param totals one row over the whole range; null unless asked for
 * @param nextOffset where the next page begins; null on the last page
 */
public record CubeAnswer(AnswerHead head, List<Row> rows, Row totals, Integer nextOffset) {
  public CubeAnswer {
    rows = List.copyOf(rows);
  }

  /**
   * One bucket of one combination of the dimensions.
   *
   * @param bucket its start; null in a total
   * @param status {@code live}, {@code committed} or {@code reconciled}; null where nothing
   *     happened and the gap was filled
   * @param dimensions values by name; null values where events carry none
   * @param measures values by name: whole numbers, decimals or null
   * @param other whether this is all the rest, merged, beside the largest combinations; its
   *     dimensions are then null
   * @param compared the measures of the earlier period; null where nothing is compared or nothing
   *     happened then
   */
  public record Row(
      Instant bucket,
      String status,
      Map<String, String> dimensions,
      Map<String, Object> measures,
      boolean other,
      Map<String, Object> compared) {}
}
