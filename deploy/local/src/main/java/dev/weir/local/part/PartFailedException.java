package dev.weir.local.part;

import dev.weir.local.runtime.LocalRuntimeException;

/** A part that was started does not answer; the others are as they were. */
public final class PartFailedException extends LocalRuntimeException {
  private static final long serialVersionUID = 1L;

  PartFailedException(String message) {
    super(message);
  }
}
