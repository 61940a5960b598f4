package dev.weir.serving.cube;

import dev.weir.serving.sql.CubeShape;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What an answer is about and how exact it is: everything that is known before its first row, and
 * of the same snapshot as all its rows.
 *
 * @param zone in which buckets of an hour and more begin
 * @param from start of the first bucket
 * @param to end of the last bucket, exclusive
 * @param columns the measures, in the order they are shown
 * @param status the least final of everything in the range: {@code live}, {@code committed} or
 *     {@code reconciled}; null without rows
 * @param version the newest published batch version that serves an hour of the range; null before
 *     the first
 * @param commit through which the answer is whole: the head of the commit log, or the last commit
 *     that a changed cube has everything of until it is recomputed; 0 before the first commit, and
 *     of a cube that lacks something of it
 * @param watermark newest event time of the commits up to that; null where that is 0
 * @param lateEvents committed events of the range that came after their hour was recomputed; they
 *     are counted
 */
public record AnswerHead(
    String cube,
    Granularity granularity,
    ZoneId zone,
    Instant from,
    Instant to,
    List<String> dimensions,
    List<CubeShape.Column> columns,
    String status,
    Long version,
    long commit,
    Instant watermark,
    long lateEvents) {
  public AnswerHead {
    dimensions = List.copyOf(dimensions);
    columns = List.copyOf(columns);
  }
}
