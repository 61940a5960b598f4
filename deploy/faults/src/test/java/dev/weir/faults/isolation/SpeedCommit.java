package dev.weir.faults.isolation;

import dev.weir.speed.commit.CommitRefusedException;

/** The job commits its next epoch. */
final class SpeedCommit implements Actor {
  @Override
  public String name() {
    return "commit";
  }

  @Override
  public Outcome act(Stage stage, String database) throws Exception {
    try {
      stage.history().commit(stage, database);
      return Outcome.done("committed");
    } catch (CommitRefusedException e) {
      return Outcome.refused(e.getMessage());
    }
  }
}
