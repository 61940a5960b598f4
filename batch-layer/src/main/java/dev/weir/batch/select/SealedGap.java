package dev.weir.batch.select;

/**
 * A cube that a sealed event hour cannot be completed in: it was declared after some of the hour's
 * commits, which left no speed rows of it, and their archived events are gone.
 *
 * @param hourMillis start of the hour, epoch milliseconds
 * @param cube name of the cube
 */
public record SealedGap(long hourMillis, String cube) {}
