package dev.weir.speed.commit;

import dev.weir.pipeline.Pipeline;

/** Refuses to start on a database that was not migrated for this pipeline. */
public final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * Checks that the database belongs to the pipeline and knows the current definition of every cube.
   *
   * @throws IllegalStateException saying what is missing and that {@code weir migrate} creates it
   */
  public static void check(DatabaseAddress database, Pipeline pipeline) {
    throw new UnsupportedOperationException("not yet");
  }
}
