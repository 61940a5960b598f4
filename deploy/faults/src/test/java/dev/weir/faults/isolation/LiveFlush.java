package dev.weir.faults.isolation;

/** The preview of the next epoch and the one after it is flushed twice. */
final class LiveFlush implements Actor {
  @Override
  public String name() {
    return "live flush";
  }

  @Override
  public boolean repeatable() {
    // Rows are cumulative and numbered; the preview flushes all the time.
    return true;
  }

  @Override
  public Outcome act(Stage stage, String database) throws Exception {
    stage.history().preview(stage, database);
    return Outcome.done("flushed");
  }
}
