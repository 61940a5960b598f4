package dev.weir.faults.isolation;

import java.util.List;
import java.util.Optional;

/**
 * A command of the batch layer.
 *
 * @param name of the actor
 * @param command the first word of the command line
 * @param retention added to the declaration
 * @param damaged whether there is something to repair
 */
record BatchCommand(String name, String command, String retention, boolean damaged)
    implements Actor {

  /** Absorbs the last commit and publishes. */
  static final Actor PUBLISH = new BatchCommand("publish", "run", "", false);

  /** The same, and lets go of the archive of the old hour. */
  static final Actor RETENTION = new BatchCommand("retention", "run", History.RETENTION, false);

  /** Serves the versions before the last published ones again. */
  static final Actor ROLLBACK = new BatchCommand("rollback", "rollback", "", false);

  /** Recomputes the busy hour, whose compacted file is lost. */
  static final Actor REPAIR = new BatchCommand("repair", "repair", "", true);

  @Override
  public Optional<Actor> atLeast() {
    // A commit that brings late events keeps the archive of their hour from being let go.
    return equals(RETENTION) ? Optional.of(PUBLISH) : Optional.empty();
  }

  @Override
  public void prepare(Stage stage) throws Exception {
    if (damaged) {
      stage.damage();
    }
  }

  @Override
  public Outcome act(Stage stage, String database) throws Exception {
    return stage
        .batch()
        .run(
            stage,
            stage.declarationWith(name.replace(' ', '-'), retention),
            database,
            List.of(command));
  }
}
