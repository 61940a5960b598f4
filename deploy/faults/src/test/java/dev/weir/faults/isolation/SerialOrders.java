package dev.weir.faults.isolation;

import dev.weir.faults.isolation.Permutation.Played;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What comes of actors one after the other, or alone; each is played once, on any stage. */
final class SerialOrders {
  private final Map<List<Actor>, Played> orders = new ConcurrentHashMap<>();
  private final Map<List<Actor>, FinalState> alone = new ConcurrentHashMap<>();

  /** What comes of one after the other, both prepared before. */
  Played oneAfterTheOther(Actor one, Actor other, Stage stage) throws Exception {
    List<Actor> order = List.of(one, other);
    Played played = orders.get(order);
    if (played == null) {
      played = new Permutation(one, other, List.of(Permutation.AFTER)).play(stage);
      orders.put(order, played);
    }
    return played;
  }

  /** What comes of one alone, while the other one is only prepared. */
  FinalState alone(Actor one, Actor other, Stage stage) throws Exception {
    List<Actor> order = List.of(one, other);
    FinalState state = alone.get(order);
    if (state == null) {
      stage.restore();
      one.prepare(stage);
      other.prepare(stage);
      Outcome outcome = one.act(stage, stage.directUrl());
      if (outcome.refused()) {
        throw new AssertionError("refused without a reason: " + outcome.message());
      }
      state = stage.state();
      alone.put(order, state);
    }
    return state;
  }
}
