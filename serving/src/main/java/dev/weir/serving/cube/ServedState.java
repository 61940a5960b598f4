package dev.weir.serving.cube;

import dev.weir.serving.sql.CubeShape;
import java.time.Instant;
import java.util.List;

/**
 * What is served of a cube at one moment, whatever is asked about it.
 *
 * @param shape what the cube's views show, under the definition that they show
 * @param text equal exactly while no commit, no change of the coverage and no change of the views
 *     lies between: what an answer depends on besides its question
 * @param coverage equal exactly while no change of the coverage and no change of the views lies
 *     between
 * @param live the minutes that have events which are not committed yet
 */
record ServedState(CubeShape shape, String text, String coverage, List<Instant> live) {
  /** Whether the question reads such a minute: then its answer may change at any time. */
  boolean isLive(CubeQuery query) {
    Buckets earlier = query.earlier();
    Instant from =
        earlier == null || query.from().isBefore(earlier.from()) ? query.from() : earlier.from();
    return isLive(from, query.to());
  }

  /** Whether there is such a minute from one time, inclusive, to another, exclusive. */
  boolean isLive(Instant from, Instant to) {
    return live.stream().anyMatch(minute -> !minute.isBefore(from) && minute.isBefore(to));
  }
}
