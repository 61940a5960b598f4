package dev.weir.pipeline;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The parsed and validated {@code pipeline.yaml}: the one declaration that both layers, the tables,
 * the views and the API are derived from. Read it with {@link PipelineReader}.
 *
 * @param name of the pipeline, a lower-case identifier
 * @param commit checkpoint interval, 1 s to 10 min
 * @param live preview interval, 20 ms to 1 min
 * @param archive root of the Parquet archive; null where the declaration leaves it to the command
 *     line
 * @param archiveRetention how long after its end an event hour's archived events are kept; null:
 *     for ever. Not part of any cube's definition.
 */
public record Pipeline(
    String name,
    List<Source> sources,
    EventSchema event,
    DuplicatePolicy duplicates,
    List<Cube> cubes,
    Duration commit,
    Duration live,
    URI archive,
    Duration archiveRetention)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public Pipeline {
    sources = List.copyOf(sources);
    cubes = List.copyOf(cubes);
  }

  /** The same pipeline with another archive root. */
  public Pipeline withArchive(URI root) {
    return new Pipeline(
        name, sources, event, duplicates, cubes, commit, live, root, archiveRetention);
  }
}
