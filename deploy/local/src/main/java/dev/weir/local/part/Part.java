package dev.weir.local.part;

import java.time.Duration;

/** One process of the local runtime. */
public interface Part {

  /** Names its log, its record and its folder. */
  String name();

  /** Where it can be reached, for the user; empty if nowhere. */
  String address();

  /** Writes its configuration and returns the command that starts it. */
  ProcessBuilder prepare();

  /** Whether it answers; polled until it does. Never throws for a part that is still starting. */
  boolean isReady();

  /** How long it may take to answer, on a machine that is slow and busy. */
  default Duration patience() {
    return Duration.ofMinutes(4);
  }
}
