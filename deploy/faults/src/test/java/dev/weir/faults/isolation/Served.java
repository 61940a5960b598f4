package dev.weir.faults.isolation;

import java.util.Map;

/**
 * What the merged views answer in one snapshot.
 *
 * @param commit the head of the commit log
 * @param preview (base/seq) of the rows shown that are not committed
 * @param events counted by each view
 * @param contents a digest of each view's rows, in all their columns but the status
 */
record Served(long commit, String preview, Map<String, Long> events, Map<String, String> contents) {
  Served {
    events = Map.copyOf(events);
    contents = Map.copyOf(contents);
  }

  /** The state of the log and of the preview: all that the answers may depend on. */
  String state() {
    return "head " + commit + ", preview " + preview;
  }
}
