package dev.weir.batch.select;

import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.Serializable;

/**
 * A pipeline's declaration on its way to the tasks: it travels as text and is read again, once,
 * where it arrives.
 */
public final class Declaration implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String yaml;
  private transient volatile Pipeline pipeline;

  /**
   * Reads the declaration.
   *
   * @throws InvalidPipelineException if it has errors
   */
  public Declaration(String yaml) {
    this.yaml = yaml;
    this.pipeline = PipelineReader.read(yaml);
  }

  /** The pipeline it declares. */
  public Pipeline pipeline() {
    Pipeline read = pipeline;
    if (read == null) {
      read = PipelineReader.read(yaml);
      pipeline = read;
    }
    return read;
  }
}
