package dev.weir.local.part;

import java.util.List;

/** Names of the parts, in the order in which they are listed. */
public final class LocalParts {
  public static final String KAFKA = "kafka";
  public static final String POSTGRES = "postgres";
  public static final String JOB_MANAGER = "jobmanager";
  public static final String TASK_MANAGER = "taskmanager";
  public static final String SERVING = "serving";

  public static final List<String> NAMES =
      List.of(KAFKA, POSTGRES, JOB_MANAGER, TASK_MANAGER, SERVING);

  private LocalParts() {}
}
