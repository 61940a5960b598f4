package dev.weir.batch.select;

import java.io.Serializable;

/**
 * The compacted files that a run reads of an event hour, as they were published: what they hold
 * together. The manifest must list exactly that, or one of its lines is missing.
 *
 * @param version that wrote them
 * @param rows of all its files
 * @param hashSum order-free sum of their rows' hashes, modulo 2^64
 */
public record CompactedInput(long version, long rows, long hashSum) implements Serializable {
  private static final long serialVersionUID = 1L;
}
