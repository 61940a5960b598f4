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

  /** Whether doing it again changes nothing: then it may interrupt again. */
  default boolean repeatable() {
    return readOnly();
  }

  /** Whether it removes commits, so that less is served than before. */
  default boolean removesCommits() {
    return false;
  }

  /** Whether it takes effect in several transactions, so that part of it stays if it is ended. */
  default boolean inParts() {
    return false;
  }

  /** Whether it ends a run of the batch layer that is at work, and takes its place. */
  default boolean replaces() {
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
