package dev.weir.batch.rollback;

import java.time.Instant;

/**
 * One cube's event hour, and where a rollback takes it.
 *
 * @param cube position in the pipeline's cubes
 * @param hourMillis start of the hour, epoch milliseconds
 * @param version served
 * @param earlier version to be served; 0 if none is retained
 * @param absorbedThrough last commit the earlier version has absorbed
 * @param incomplete whether later commits left no speed rows of the cube: the cube was declared
 *     after them, and the earlier version plus speed rows would lack their events
 */
record VersionStep(
    int cube,
    long hourMillis,
    long version,
    long earlier,
    long absorbedThrough,
    boolean incomplete) {

  boolean possible() {
    return earlier > 0 && !incomplete;
  }

  /** Why it is not possible. */
  String refusal(String cubeName) {
    String hour =
        "event hour "
            + Instant.ofEpochMilli(hourMillis)
            + " of cube '"
            + cubeName
            + "' was not rolled back: ";
    return earlier == 0
        ? hour + "version " + version + " is the only one retained"
        : hour
            + "version "
            + earlier
            + " has not absorbed commits from before the cube was declared, and they left no speed"
            + " rows of it";
  }
}
