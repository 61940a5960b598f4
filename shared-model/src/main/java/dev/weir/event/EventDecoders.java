package dev.weir.event;

import dev.weir.pipeline.Pipeline;

/** Makes the decoder of a source. */
public final class EventDecoders {
  private EventDecoders() {}

  /**
   * A decoder for the records of one source.
   *
   * @param source index into {@code pipeline.sources()}
   */
  public static EventDecoder forSource(Pipeline pipeline, int source) {
    if (source < 0 || source >= pipeline.sources().size()) {
      throw new IllegalArgumentException("there is no source " + source);
    }
    return record -> new DecodeResult.Filtered();
  }
}
