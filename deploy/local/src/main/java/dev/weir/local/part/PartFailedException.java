package dev.weir.local.part;

import dev.weir.local.runtime.LocalRuntimeException;

/** A part ended while it was starting, or does not answer; others that were started run on. */
public final class PartFailedException extends LocalRuntimeException {
  private static final long serialVersionUID = 1L;

  PartFailedException(String message) {
    super(message);
  }
}
