package dev.weir.benchmark.drain;

import dev.weir.benchmark.meter.Samples;

/**
 * A drain, looked at from both ends.
 *
 * @param read records that the job has read, a sample a second: what a rate is taken from
 * @param visible events that a reader of the database can see. They come in steps, some seconds
 *     apart and of uneven delay, while a backlog is read: a preview shows at once what was counted,
 *     a commit what was counted at its barrier.
 */
public record Drained(Samples read, Samples visible) {}
