package dev.weir.batch.rollback;

import java.time.Instant;

/**
 * One cube's event hour, and where a rollback takes it.
 *
 * @param cube position in the pipeline's cubes
 * @param hourMillis start of the hour, epoch milliseconds
 * @param version served
 * @param earlier version to be served; 0 if none is retained: then the speed rows alone
 * @param absorbedThrough last commit up to which the hour's commits are absorbed then
 * @param sealed whether the hour's archived events are gone: no run could compute the served
 *     version again, so it is not given up
 * @param incomplete whether later commits left no speed rows of the cube, so that their events
 *     would be missing: the cube was declared after them, or the rows are deleted
 */
record VersionStep(
    int cube,
    long hourMillis,
    long version,
    long earlier,
    long absorbedThrough,
    boolean sealed,
    boolean incomplete) {

  boolean possible() {
    return !sealed && !incomplete;
  }

  Instant hour() {
    return Instant.ofEpochMilli(hourMillis);
  }

  /** Why it is not possible. */
  RolledBack.Refusal refusal(String cubeName) {
    return new RolledBack.Refusal(hour(), sealed, reason(cubeName));
  }

  private String reason(String cubeName) {
    String hour = "event hour " + hour() + " of cube '" + cubeName + "' was not rolled back: ";
    if (sealed) {
      return hour
          + "it is sealed, its archived events are gone, and version "
          + version
          + " could not be computed again";
    }
    return earlier == 0
        ? hour
            + "version "
            + version
            + " is the only one retained, and the speed rows it was made of are gone"
        : hour
            + "version "
            + earlier
            + " has not absorbed commits that left no speed rows of the cube";
  }
}
