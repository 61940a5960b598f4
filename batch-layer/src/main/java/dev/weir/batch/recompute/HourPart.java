package dev.weir.batch.recompute;

import java.io.Serializable;

/**
 * What a task gives of an event hour: one bucket of several, or, where the hour has a single
 * bucket, what the whole hour came to.
 */
public sealed interface HourPart extends Serializable permits BucketResult, HourOutcome {}
