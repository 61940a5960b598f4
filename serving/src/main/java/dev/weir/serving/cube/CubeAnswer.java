package dev.weir.serving.cube;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The answer to a {@link CubeQuery}: everything in it belongs to one snapshot.
 *
 * @param from start of the first bucket
 * @param to end of the last bucket, exclusive
 * @param status the least final of everything in the range; null without rows
 * @param commit head of the commit log
 * @param nextOffset where the next page begins; null on the last page
 */
public record CubeAnswer(
    String cube,
    String granularity,
    Instant from,
    Instant to,
    List<String> dimensions,
    String status,
    long commit,
    List<Row> rows,
    Integer nextOffset) {

  /**
   * One bucket of one combination of the dimensions.
   *
   * @param bucket its start; null in a total
   * @param status {@code live}, {@code committed} or {@code reconciled}
   */
  public record Row(
      Instant bucket,
      String status,
      Map<String, String> dimensions,
      Map<String, Object> measures) {}
}
