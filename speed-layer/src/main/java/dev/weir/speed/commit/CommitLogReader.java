package dev.weir.speed.commit;

/** Reads the commit log without taking part in it. */
public final class CommitLogReader {
  private CommitLogReader() {}

  /** The head and the offsets that follow from it, for a job that takes over without state. */
  public static StartingPoint startingPoint(DatabaseAddress database) {
    throw new UnsupportedOperationException("not yet");
  }
}
