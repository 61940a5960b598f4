package dev.weir.faults.isolation;

import dev.weir.faults.isolation.Performance.State;
import dev.weir.faults.proxy.RoundTrip;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One order of two actors' round trips: some of the first, then all of the second until it ends or
 * waits for a lock, then the rest of the first, then the rest of the second.
 *
 * <p>After a second actor that may be repeated, or that was refused, the first goes on to the next
 * point and is interrupted again, which is the next permutation already.
 *
 * @param first may be interrupted
 * @param second interrupts
 * @param points after how many round trips of the first; ascending, at least one
 */
record Permutation(Actor first, Actor second, List<Integer> points) {
  /** The second comes first. */
  static final int BEFORE = 0;

  /** The second comes after the first has ended. */
  static final int AFTER = Integer.MAX_VALUE;

  Permutation {
    points = List.copyOf(points);
  }

  /**
   * What came of it.
   *
   * @param seconds how the second actor ended, for each time it interrupted
   * @param trips that the first one made
   */
  record Played(
      Outcome first,
      List<Outcome> seconds,
      FinalState state,
      List<RoundTrip> trips,
      Schedule schedule) {
    Played {
      seconds = List.copyOf(seconds);
      trips = List.copyOf(trips);
    }

    /** How the second actor ended in the end. */
    Outcome second() {
      return seconds.get(seconds.size() - 1);
    }
  }

  /** As the pair is called. */
  static String name(Actor first, Actor second) {
    return first.name() + " | " + second.name();
  }

  private String secondRole() {
    return first.name().equals(second.name()) ? "other " + second.name() : second.name();
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
    Schedule schedule = new Schedule(name(first, second));
    Bystander bystander = new Bystander(stage, first.removesCommits() || second.removesCommits());
    List<Outcome> seconds = new ArrayList<>();
    try (Performance one = new Performance(first.name(), first, stage, schedule)) {
      one.start();
      for (int point : points) {
        if (seconds.isEmpty() || (one.state() == State.READY && mayInterruptAgain(seconds))) {
          while (one.state() == State.READY && schedule.trips(one.role()).size() < point) {
            step(one, bystander);
          }
          bystander.lookAround();
          schedule.interrupted(one.role());
          seconds.add(interrupt(one, stage, schedule, bystander));
        }
      }
      while (one.state() == State.READY) {
        step(one, bystander);
      }
      bystander.audit();
      return new Played(
          one.outcome(), seconds, stage.state(), schedule.trips(one.role()), schedule);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + schedule, e);
    }
  }

  private boolean mayInterruptAgain(List<Outcome> seconds) {
    return second.repeatable() || seconds.get(seconds.size() - 1).refused();
  }

  /** Plays all of the second; if it waits for a lock, the rest of the first meanwhile. */
  private Outcome interrupt(Performance one, Stage stage, Schedule schedule, Bystander bystander)
      throws Exception {
    try (Performance other = new Performance(secondRole(), second, stage, schedule)) {
      other.start();
      Performance turn = other;
      while (other.state() != State.GONE) {
        Performance rest = turn == other ? one : other;
        if (turn.state() == State.READY) {
          step(turn, bystander);
          requireFreedom(turn);
          rest.refresh();
        } else if (rest.state() == State.READY) {
          turn = rest;
        } else {
          one.refresh();
          other.refresh();
          requireNoDeadlock(one, other);
          if (one.state() == State.GONE) {
            other.awaitLock();
          }
        }
      }
      one.awaitLock();
      return other.outcome();
    }
  }

  private static void step(Performance turn, Bystander bystander)
      throws SQLException, InterruptedException {
    turn.step();
    if (turn.visible() && turn.state() != State.BLOCKED) {
      bystander.look();
    }
  }

  private static void requireNoDeadlock(Performance one, Performance other) {
    if (one.state() == State.BLOCKED && other.state() == State.BLOCKED) {
      throw new AssertionError(
          "the " + one.role() + " and the " + other.role() + " wait for each other");
    }
  }

  private void requireFreedom(Performance turn) {
    if ((first.readOnly() || second.readOnly()) && turn.state() == State.BLOCKED) {
      throw new AssertionError("readers wait for nobody, and nobody waits for them");
    }
  }
}
