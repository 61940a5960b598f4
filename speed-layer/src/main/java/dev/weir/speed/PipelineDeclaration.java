package dev.weir.speed;

import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.Serializable;
import java.net.URI;
import java.util.Objects;

/**
 * A pipeline.yaml on its way to the task managers: its text, because a {@link Pipeline} does not
 * serialize, read again where it arrives.
 */
public final class PipelineDeclaration implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String yaml;
  private final URI archive;
  private transient Pipeline pipeline;

  private PipelineDeclaration(String yaml, URI archive, Pipeline pipeline) {
    this.yaml = yaml;
    this.archive = archive;
    this.pipeline = pipeline;
  }

  /**
   * Checks a declaration and takes it over.
   *
   * @param archive root of the archive, instead of the declared one
   * @throws InvalidPipelineException with all errors of the declaration
   */
  public static PipelineDeclaration of(String yaml, URI archive) throws InvalidPipelineException {
    Objects.requireNonNull(archive, "archive");
    return new PipelineDeclaration(yaml, archive, PipelineReader.read(yaml).withArchive(archive));
  }

  /** What was declared, with the archive root in force. */
  public Pipeline pipeline() {
    if (pipeline == null) {
      try {
        pipeline = PipelineReader.read(yaml).withArchive(archive);
      } catch (InvalidPipelineException e) {
        throw new IllegalStateException("the declaration was valid when it was submitted", e);
      }
    }
    return pipeline;
  }
}
