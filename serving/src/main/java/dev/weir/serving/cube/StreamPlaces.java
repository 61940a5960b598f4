package dev.weir.serving.cube;

import dev.weir.serving.security.caller.Caller;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for answers that are sent row by row. Each holds a connection for as long as its reader
 * takes, so there are few, and one caller does not get the last of them.
 */
final class StreamPlaces {
  private final int places;
  private final Map<String, Integer> taken = new HashMap<>();

  StreamPlaces(int places) {
    this.places = places;
  }

  /** Takes a place if there is one for this caller; {@link #giveBack} must follow then. */
  synchronized boolean take(Caller caller) {
    int all = taken.values().stream().mapToInt(Integer::intValue).sum();
    int own = taken.getOrDefault(caller.key(), 0);
    boolean allOthers = caller.kind() != Caller.Kind.OPEN && own == places - 1;
    if (all == places || allOthers) {
      return false;
    }
    taken.put(caller.key(), own + 1);
    return true;
  }

  synchronized void giveBack(Caller caller) {
    taken.computeIfPresent(caller.key(), (key, own) -> own == 1 ? null : own - 1);
  }
}
