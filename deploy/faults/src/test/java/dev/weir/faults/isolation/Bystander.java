package dev.weir.faults.isolation;

import java.sql.SQLException;

/** Looks while the actors are held: what it sees is right, and never goes backwards. */
final class Bystander {
  private final Stage stage;
  private Served last;

  Bystander(Stage stage) {
    this.stage = stage;
  }

  /** Looks at what is served. */
  void look() throws SQLException {
    noteServed(stage.observer().look());
  }

  /** Looks at what is served, and whether tables and files agree with each other. */
  void lookAround() throws SQLException {
    noteServed(stage.observer().lookAround(stage));
  }

  private void noteServed(Served now) {
    if (last != null) {
      last.events()
          .forEach(
              (view, events) -> {
                if (now.events().get(view) < events) {
                  throw new AssertionError(
                      "serving.%s went back from %d events to %d"
                          .formatted(view, events, now.events().get(view)));
                }
              });
    }
    last = now;
  }
}
