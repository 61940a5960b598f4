package dev.weir.batch;

/** Told how far a run is. Called from the driver's threads, one at a time. */
public interface Progress {

  /**
   * The run does something new.
   *
   * @param what for a person to read, for example "reading 14 files"
   */
  void step(String what);

  /** Tasks of the current step. */
  void tasks(int done, int total);
}
