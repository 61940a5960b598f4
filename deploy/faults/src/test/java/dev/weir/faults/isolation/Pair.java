package dev.weir.faults.isolation;

import dev.weir.faults.isolation.Permutation.Played;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two actors, the first interrupted by the second. What comes of it must be what comes of doing one
 * after the other, or, if one of them is refused, of doing the other alone.
 */
final class Pair {
  /** What an actor may say that has changed nothing at all; it tells what to do. */
  private static final Pattern TURNED_AWAY =
      Pattern.compile(
          "another run of the batch layer is at work: (version \\d+ \\(\\w+\\)|one that has just"
              + " (ended|started)).*if it hangs, add --replace");

  /** What an actor may say that has left a record of itself at most; each tells what to do. */
  private static final List<Pattern> GAVE_UP =
      List.of(
          Pattern.compile(
              "run \\d+ was replaced by run \\d+ .*run again if anything is left to do"),
          Pattern.compile(
              "this run lost its database session, .*a run with --replace took this one's place;"
                  + " .*Run again if anything is left to do"),
          Pattern.compile(
              "the connection was lost during COMMIT: (?s:.*)Running again is safe in either case"),
          Pattern.compile(
              "cannot rewind: the commit log's head has moved .*Stop it, then rewind; nothing was"
                  + " changed"),
          Pattern.compile(
              "cannot commit .*What comes late changes nothing; the job restarts and asks again"));

  /** What an actor says whose work was done, or may have been, when it was ended. */
  private static final Pattern DONE_BEFORE =
      Pattern.compile("What it published before stays|Whether this run was published is not known");

  private final Actor first;
  private final Actor second;
  private final SerialOrders orders;

  Pair(Actor first, Actor second, SerialOrders orders) {
    this.first = first;
    this.second = second;
    this.orders = orders;
  }

  /**
   * Plays the permutations that switch at some points, and both orders one after the other.
   *
   * @return how many
   */
  int play(SwitchPoints switches, Stage stage) throws Exception {
    Set<FinalState> serial = serial(stage);
    List<Integer> points =
        switches.of(
            Permutation.name(first, second), orders.oneAfterTheOther(first, second, stage).trips());
    int played = 0;
    while (played < points.size()) {
      Played next = playAt(points.subList(played, points.size()), stage);
      check(next, serial, stage);
      played += next.seconds().size();
    }
    return played + 2;
  }

  /** Plays one permutation and gives its schedule. */
  Schedule playOnly(List<Integer> points, Stage stage) throws Exception {
    Played played = playAt(points, stage);
    check(played, serial(stage), stage);
    return played.schedule();
  }

  private Played playAt(List<Integer> points, Stage stage) throws Exception {
    return new Permutation(first, second, points).play(stage);
  }

  /** What comes of doing one after the other. */
  private Set<FinalState> serial(Stage stage) throws Exception {
    Set<FinalState> states = new LinkedHashSet<>();
    for (Actor one : orAtLeast(first)) {
      for (Actor other : orAtLeast(second)) {
        states.add(orders.oneAfterTheOther(one, other, stage).state());
        states.add(orders.oneAfterTheOther(other, one, stage).state());
      }
    }
    return states;
  }

  private static List<Actor> orAtLeast(Actor actor) {
    return Stream.concat(Stream.of(actor), actor.atLeast().stream()).toList();
  }

  private void check(Played played, Set<FinalState> serial, Stage stage) throws Exception {
    boolean turnedAway = true;
    for (Outcome outcome : outcomes(played)) {
      turnedAway &= !outcome.refused() || TURNED_AWAY.matcher(outcome.message()).find();
      requireDocumented(outcome, played);
    }
    if (second.replaces() && mayBeDoneInPart(played.first())) {
      // What it did stays, what it left is removed: that the tables agree was looked at.
      return;
    }
    Set<FinalState> allowed = serial;
    if (played.first().refused()) {
      allowed = Set.of(orders.alone(second, first, stage));
    } else if (played.second().refused()) {
      allowed = Set.of(orders.alone(first, second, stage));
    }
    UnaryOperator<FinalState> compared =
        turnedAway && !second.replaces() ? state -> state : FinalState::withoutRuns;
    FinalState end = compared.apply(played.state());
    if (allowed.stream().map(compared).noneMatch(end::equals)) {
      StringBuilder difference = new StringBuilder("the end is none that one order would give:\n");
      for (FinalState state : allowed) {
        difference.append(end.differenceTo(compared.apply(state))).append("\nor\n");
      }
      throw new AssertionError(difference.append(played.schedule()).toString());
    }
  }

  private boolean mayBeDoneInPart(Outcome ended) {
    return first.inParts() || !ended.refused() || DONE_BEFORE.matcher(ended.message()).find();
  }

  private static List<Outcome> outcomes(Played played) {
    return Stream.concat(Stream.of(played.first()), played.seconds().stream()).toList();
  }

  private static void requireDocumented(Outcome outcome, Played played) {
    if (outcome.refused()
        && !TURNED_AWAY.matcher(outcome.message()).find()
        && GAVE_UP.stream().noneMatch(r -> r.matcher(outcome.message()).find())) {
      throw new AssertionError(
          "refused with a message nobody expects: " + outcome.message() + "\n" + played.schedule());
    }
  }
}
