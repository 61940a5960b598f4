package dev.weir.benchmark.peer;

/** What is measured of an engine. */
public enum Figure {
  RECORDS_PER_SECOND("records/s"),
  RECORDS_PER_SECOND_FROM_FIRST("records/s from the first to the last event"),
  JOB_CPU_SECONDS_PER_MILLION("job's CPU s per million records"),
  PEAK_MEBIBYTES("peak memory, MiB"),
  CORES_USED("cores used"),
  CORES_USED_BY_OTHERS("cores used by others"),
  SECONDS("seconds"),
  FIRST_SECONDS("seconds of the first repetition"),
  P50_MILLIS("p50, ms"),
  P95_MILLIS("p95, ms"),
  P99_MILLIS("p99, ms"),
  JOB_CORES("cores used by the job");

  private final String title;

  Figure(String title) {
    this.title = title;
  }

  /** As it is printed, with its unit. */
  public String title() {
    return title;
  }
}
