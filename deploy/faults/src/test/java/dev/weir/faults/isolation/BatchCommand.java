package dev.weir.faults.isolation;

import java.util.List;
import java.util.Optional;

/**
 * A command of the batch layer.
 *
 * @param name of the actor
 * @param command line, without the options that all commands have
 * @param setting of the stage that it needs
 */
record BatchCommand(String name, List<String> command, Setting setting) implements Actor {

  /** What is made true before the actors start. */
  enum Setting {
    /** Nothing. */
    NONE,
    /** The declaration says how long the archive is kept, and the old hour has outlived it. */
    EXPIRED_ARCHIVE,
    /** The busy hour's compacted file is lost. */
    DAMAGE,
    /** The job has given its claim back, so that no job is alive. */
    RELEASED_CLAIM
  }

  /** Absorbs the last commit and publishes. */
  static final Actor PUBLISH = new BatchCommand("publish", List.of("run"), Setting.NONE);

  /** The same, in the place of a run that is at work. */
  static final Actor REPLACE =
      new BatchCommand("replace", List.of("run", "--replace"), Setting.NONE);

  /** Publishes, and lets go of the archive of the old hour. */
  static final Actor RETENTION =
      new BatchCommand("retention", List.of("run"), Setting.EXPIRED_ARCHIVE);

  /** Serves the versions before the last published ones again. */
  static final Actor ROLLBACK = new BatchCommand("rollback", List.of("rollback"), Setting.NONE);

  /** Recomputes the busy hour. */
  static final Actor REPAIR = new BatchCommand("repair", List.of("repair"), Setting.DAMAGE);

  /** Removes all commits but the first; earlier versions are served again. */
  static final Actor REWIND =
      new BatchCommand("rewind", List.of("rewind", "--commit", "1"), Setting.RELEASED_CLAIM);

  @Override
  public boolean removesCommits() {
    return equals(REWIND);
  }

  @Override
  public boolean replaces() {
    return equals(REPLACE);
  }

  @Override
  public boolean inParts() {
    return equals(REPAIR);
  }

  @Override
  public Optional<Actor> atLeast() {
    // A commit that brings late events keeps the archive of their hour from being let go.
    return equals(RETENTION) ? Optional.of(PUBLISH) : Optional.empty();
  }

  @Override
  public void prepare(Stage stage) throws Exception {
    switch (setting) {
      case NONE, EXPIRED_ARCHIVE -> {}
      case DAMAGE -> stage.damage();
      case RELEASED_CLAIM -> stage.releaseClaim();
    }
  }

  @Override
  public Outcome act(Stage stage, String database) throws Exception {
    String retention = setting == Setting.EXPIRED_ARCHIVE ? History.RETENTION : "";
    return stage.batch().run(stage, stage.declarationWith(name, retention), database, command);
  }
}
