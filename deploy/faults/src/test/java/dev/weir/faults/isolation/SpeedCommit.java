package dev.weir.faults.isolation;

/** The job commits its next epoch. */
final class SpeedCommit implements Actor {
  @Override
  public String name() {
    return "commit";
  }

  @Override
  public Outcome act(Stage stage, String database) throws Exception {
    stage.history().commit(stage, database);
    return Outcome.done("committed");
  }
}
