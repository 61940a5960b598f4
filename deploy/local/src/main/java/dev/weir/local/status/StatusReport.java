package dev.weir.local.status;

import java.util.List;
import java.util.Optional;

/**
 * A look at everything at one moment.
 *
 * @param job the speed layer's; empty if there is none or Flink does not answer
 * @param figures empty if the database does not answer
 * @param problems what is wrong, each with what to do; empty when all is well
 */
public record StatusReport(
    List<PartState> parts,
    Optional<JobState> job,
    Optional<ServedFigures> figures,
    List<String> problems) {

  /**
   * A part and whether it runs.
   *
   * @param address where it is reached; empty where nobody asks it anything
   */
  public record PartState(String name, boolean running, long pid, String address) {}

  /**
   * The speed layer's job.
   *
   * @param checkpointAgeMillis since its last checkpoint; negative before the first
   */
  public record JobState(
      String id, String state, long restarts, long checkpoints, long checkpointAgeMillis) {}
}
