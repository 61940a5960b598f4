package dev.weir.speed.commit;

import dev.weir.pipeline.Pipeline;
import java.util.Optional;

/**
 * How the sessions that commit and claim for a job are called in {@code pg_stat_activity}: {@code
 * weir commit JOB PIPELINE}. All attempts of a job have the same name, so that each knows what an
 * earlier one has left behind.
 */
final class SessionName {
  private static final String PREFIX = "weir commit ";

  /** PostgreSQL keeps no more of a name. */
  private static final int MAX_LENGTH = 63;

  private SessionName() {}

  /** The name; a pipeline's is cut where there is no room for all of it. */
  static String of(String jobId, Pipeline pipeline) {
    String name = PREFIX + jobId + " " + pipeline.name();
    return name.substring(0, Math.min(MAX_LENGTH, name.length()));
  }

  /** The job that a session commits for; empty if it is none that does. */
  static Optional<String> jobOf(String sessionName) {
    String[] words =
        sessionName.startsWith(PREFIX)
            ? sessionName.substring(PREFIX.length()).split(" ", 2)
            : new String[0];
    return words.length == 2 ? Optional.of(words[0]) : Optional.empty();
  }
}
