package dev.weir.faults.isolation;

import java.sql.SQLException;

/**
 * Looks while the actors are held: what it sees is right, and never goes backwards, unless commits
 * are removed.
 */
final class Bystander {
  private final Stage stage;
  private final boolean backwards;
  private Served last;
  private String seen;

  /**
   * @param backwards whether what is served may become less
   */
  Bystander(Stage stage, boolean backwards) {
    this.stage = stage;
    this.backwards = backwards;
  }

  /** Looks at what is served, unless nothing was committed since the last look. */
  void look() throws SQLException {
    String snapshot = stage.observer().snapshot();
    if (!snapshot.equals(seen)) {
      noteServed(stage.observer().look());
      seen = snapshot;
    }
  }

  /** Looks at what is served, and whether tables and files agree with each other. */
  void lookAround() throws SQLException {
    noteServed(stage.observer().lookAround(stage));
  }

  /** The same, and whether every row is the one that was noted. */
  void audit() throws SQLException {
    noteServed(stage.observer().audit(stage));
  }

  private void noteServed(Served now) {
    if (last != null && !backwards) {
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
