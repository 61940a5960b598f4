package dev.weir.benchmark.table;

import dev.weir.benchmark.peer.EngineFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all engines reached in this run, in the order in which they ran. */
final class Measured {
  private final List<EngineFigures> engines = new ArrayList<>();

  void add(EngineFigures figures) {
    engines.add(figures);
  }

  /** Of an engine at one kind of work; empty if it did not run. */
  Optional<EngineFigures> of(String work, String engine) {
    return engines.stream()
        .filter(e -> e.work().equals(work) && e.engine().equals(engine))
        .findFirst();
  }

  List<EngineFigures> all() {
    return List.copyOf(engines);
  }
}
