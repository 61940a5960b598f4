package dev.weir.pipeline;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far and how wide the speed layer looks for duplicates.
 *
 * @param within the horizon, measured on record timestamps; zero: none are dropped
 */
public record DuplicatePolicy(Duration within, Scope scope) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** TOPIC finds a resend in whichever partition it lands; PARTITION only in the same one. */
  public enum Scope {
    TOPIC,
    PARTITION
  }
}
