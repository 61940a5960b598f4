package dev.weir.faults.isolation;

import dev.weir.faults.isolation.Performance.State;

/**
 * One order of two actors' round trips: some of the first, then all of the second until it ends or
 * waits for a lock, then the rest of the first, then the rest of the second.
 *
 * @param first may be interrupted
 * @param second interrupts
 * @param after how many round trips of the first
 */
record Permutation(Actor first, Actor second, int after) {

  /**
   * What came of it.
   *
   * @param steps round trips that the first one made in all
   */
  record Played(Outcome first, Outcome second, FinalState state, int steps, Schedule schedule) {}

  String name() {
    return first.name() + " | " + second.name() + " @ " + after;
  }

  /**
   * Plays it on the stage, which is set up anew for it.
   *
   * @throws AssertionError if an invariant did not hold in between, or nobody could go on
   */
  Played play(Stage stage) throws Exception {
    stage.restore();
    first.prepare(stage);
    second.prepare(stage);
    Schedule schedule = new Schedule(name());
    Bystander bystander = new Bystander(stage);
    try (Performance one = new Performance(first, stage, schedule);
        Performance other = new Performance(second, stage, schedule)) {
      one.start();
      for (int step = 0; step < after && one.state() == State.READY; step++) {
        one.step(0);
      }
      bystander.lookAround();
      other.start();
      Performance turn = other;
      while (one.state() != State.GONE || other.state() != State.GONE) {
        Performance rest = turn == other ? one : other;
        if (turn.state() == State.READY) {
          turn.step(rest.state() == State.BLOCKED ? 1 : 0);
          if (turn.visible() && turn.state() != State.BLOCKED) {
            bystander.look();
          }
          requireFreedom(turn, rest);
        } else if (rest.state() == State.READY) {
          turn = rest;
          bystander.lookAround();
        } else {
          resolve(turn, rest);
        }
      }
      bystander.lookAround();
      return new Played(
          one.outcome(), other.outcome(), stage.state(), schedule.steps(first.name()), schedule);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + schedule, e);
    }
  }

  /** Nobody is before a round trip: the one that waited for a lock must have got it by now. */
  private static void resolve(Performance turn, Performance rest) throws Exception {
    if (turn.state() == State.BLOCKED && rest.state() == State.BLOCKED) {
      throw new AssertionError(
          "the " + turn.name() + " and the " + rest.name() + " wait for each other");
    }
    Performance waiting = turn.state() == State.BLOCKED ? turn : rest;
    waiting.awaitLock();
  }

  private void requireFreedom(Performance turn, Performance rest) {
    if ((first.readOnly() || second.readOnly())
        && (turn.state() == State.BLOCKED || rest.state() == State.BLOCKED)) {
      throw new AssertionError("readers wait for nobody, and nobody waits for them");
    }
  }
}
