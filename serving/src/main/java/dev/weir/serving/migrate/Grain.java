package dev.weir.serving.migrate;

/** The three lengths of a merged view's buckets. */
enum Grain {
  MINUTE("p.bucket", "Start of the minute [start, start + 1 minute), by event time."),
  HOUR("p.event_hour", "Start of the hour, by event time."),
  DAY(day("p.event_hour"), "Start of the UTC day, by event time.");

  private final String bucket;
  private final String bucketText;

  Grain(String bucket, String bucketText) {
    this.bucket = bucket;
    this.bucketText = bucketText;
  }

  /** The bucket of a row p of the layers' tables. */
  String bucket() {
    return bucket;
  }

  /**
   * The bucket of a row p of tables whose rows are of minutes, or of hours for an hour's and a
   * day's: an hour's rows are found by the column that partitions are of.
   */
  String addedUp() {
    return this == HOUR ? "p.bucket" : bucket;
  }

  /** What the column holds, for a person to read. */
  String bucketText() {
    return bucketText;
  }

  /**
   * The very expression of the day partitions' CHECK constraint, so that a predicate on it skips
   * partitions.
   */
  private static String day(String hour) {
    return "date_bin(interval '1 day', " + hour + ", timestamptz '1970-01-01 00:00:00Z')";
  }
}
