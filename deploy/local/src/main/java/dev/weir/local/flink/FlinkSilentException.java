package dev.weir.local.flink;

import dev.weir.local.runtime.LocalRuntimeException;

/** Flink gave no answer in time: it is there, on a busy machine, and can be asked again. */
public final class FlinkSilentException extends LocalRuntimeException {
  private static final long serialVersionUID = 1L;

  FlinkSilentException(String message, Throwable cause) {
    super(message, cause);
  }
}
