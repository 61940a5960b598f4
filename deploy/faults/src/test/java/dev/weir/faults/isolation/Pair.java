package dev.weir.faults.isolation;

import dev.weir.faults.isolation.Permutation.Played;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two actors, the first interrupted by the second after each of its round trips. What comes of it
 * must be what comes of doing one after the other, or, if one of them is refused, of doing the
 * other alone.
 */
final class Pair {
  /** What an actor may say when it is refused; each tells what to do. */
  private static final List<Pattern> REFUSALS =
      List.of(
          Pattern.compile(
              "another run of the batch layer is at work: (version \\d+ \\(\\w+\\)|one that has"
                  + " just (ended|started)).*if it hangs, add --replace"));

  private final Actor first;
  private final Actor second;
  private final Stage stage;
  private final Map<Actor, FinalState> alone = new HashMap<>();

  Pair(Actor first, Actor second, Stage stage) {
    this.first = first;
    this.second = second;
    this.stage = stage;
  }

  /**
   * Plays all permutations.
   *
   * @return how many
   */
  int playAll() throws Exception {
    Played oneAfterTheOther = play(Integer.MAX_VALUE);
    Set<FinalState> serial = serial();
    for (int after = 1; after < oneAfterTheOther.steps(); after++) {
      check(play(after), serial);
    }
    return oneAfterTheOther.steps() + 1;
  }

  /** Plays one permutation and gives its schedule. */
  Schedule playOnly(int after) throws Exception {
    Set<FinalState> serial = serial();
    Played played = play(after);
    check(played, serial);
    return played.schedule();
  }

  /** What comes of doing one after the other. */
  private Set<FinalState> serial() throws Exception {
    Set<FinalState> states = new LinkedHashSet<>();
    for (Actor one : orAtLeast(first)) {
      for (Actor other : orAtLeast(second)) {
        states.add(new Permutation(one, other, Integer.MAX_VALUE).play(stage).state());
        states.add(new Permutation(one, other, 0).play(stage).state());
      }
    }
    return states;
  }

  private static List<Actor> orAtLeast(Actor actor) {
    return Stream.concat(Stream.of(actor), actor.atLeast().stream()).toList();
  }

  private Played play(int after) throws Exception {
    return new Permutation(first, second, after).play(stage);
  }

  private void check(Played played, Set<FinalState> serial) throws Exception {
    Set<FinalState> allowed = serial;
    if (played.first().refused() || played.second().refused()) {
      allowed = new LinkedHashSet<>();
      if (played.first().refused()) {
        requireDocumented(played.first(), played);
        allowed.add(alone(second));
      }
      if (played.second().refused()) {
        requireDocumented(played.second(), played);
        allowed.add(alone(first));
      }
    }
    if (!allowed.contains(played.state())) {
      StringBuilder difference = new StringBuilder("the end is none that one order would give:\n");
      for (FinalState state : allowed) {
        difference.append(played.state().differenceTo(state)).append("\nor\n");
      }
      throw new AssertionError(difference.append(played.schedule()).toString());
    }
  }

  /** What comes of one of them alone. */
  private FinalState alone(Actor actor) throws Exception {
    if (!alone.containsKey(actor)) {
      stage.restore();
      first.prepare(stage);
      second.prepare(stage);
      Outcome outcome = actor.act(stage, stage.directUrl());
      if (outcome.refused()) {
        throw new AssertionError("refused without a reason: " + outcome.message());
      }
      alone.put(actor, stage.state());
    }
    return alone.get(actor);
  }

  private static void requireDocumented(Outcome refusal, Played played) {
    if (REFUSALS.stream().noneMatch(r -> r.matcher(refusal.message()).find())) {
      throw new AssertionError(
          "refused with a message nobody expects: " + refusal.message() + "\n" + played.schedule());
    }
  }
}
