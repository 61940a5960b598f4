package dev.weir.faults.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The order of faults, from a seed: in each round every kind once, each time with another of its
 * steps. So a short run meets every kind, and a long one every step.
 */
public final class FaultSchedule {
  private final Set<String> names;
  private final List<List<Fault>> kinds = new ArrayList<>();
  private final Random random;
  private final List<Fault> round = new ArrayList<>();
  private int rounds;

  public FaultSchedule(List<Fault> faults, long seed) {
    this.random = new Random(new SplittableRandom(seed).nextLong());
    Map<String, List<Fault>> byKind = new LinkedHashMap<>();
    faults.forEach(f -> byKind.computeIfAbsent(f.kind(), kind -> new ArrayList<>()).add(f));
    this.names = Set.copyOf(byKind.keySet());
    for (List<Fault> steps : byKind.values()) {
      Collections.shuffle(steps, random);
      kinds.add(steps);
    }
  }

  Set<String> kinds() {
    return names;
  }

  /** The next fault; there is no end. */
  public Fault next() {
    if (round.isEmpty()) {
      for (List<Fault> steps : kinds) {
        round.add(steps.get(rounds % steps.size()));
      }
      Collections.shuffle(round, random);
      rounds++;
    }
    return round.remove(0);
  }
}
