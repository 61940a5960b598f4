package dev.weir.serving.cube;

import java.time.OffsetDateTime;

/**
 * How exact what is served of a range is, but for its status.
 *
 * @param commit head of the commit log
 * @param watermark newest event time of all commits; null before the first
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
