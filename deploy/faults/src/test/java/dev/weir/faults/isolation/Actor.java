package dev.weir.faults.isolation;

import java.util.Optional;

/** Something that a layer of the product does with the database, by the product's own code. */
interface Actor {

  /** As a permutation names it. */
  String name();

  /** Whether it only looks: then it waits for nobody, and nobody for it. */
  default boolean readOnly() {
    return false;
  }

  /**
   * What it comes down to if another actor takes from under it what it was about to do; that is as
   * right as doing it.
   */
  default Optional<Actor> atLeast() {
    return Optional.empty();
  }

  /** Sets the stage up for it. */
  default void prepare(Stage stage) throws Exception {}

  /**
   * Does it.
   *
   * @param stage with the archive and what is prepared
   * @param database its address on the actor's own way to the server
   * @return how it ended; anything thrown is a failure
   */
  Outcome act(Stage stage, String database) throws Exception;
}
