package dev.weir.serving.cube;

import java.time.OffsetDateTime;

/**
 * How exact what is served of a range is, but for its status.
 *
 * @param commit through which it is whole: the head of the commit log, unless the views show a
 *     definition that lacks later commits
 * @param watermark newest event time of the commits up to that; null where that is 0
 * @param version newest batch version that serves an hour of the range; null for none
 * @param lateFrom start of its first hour that got commits after it was recomputed; null for none
 * @param lateTo end of the last one
 */
record Exactness(
    long commit,
    OffsetDateTime watermark,
    Long version,
    OffsetDateTime lateFrom,
    OffsetDateTime lateTo) {}
