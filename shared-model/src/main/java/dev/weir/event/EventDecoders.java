package dev.weir.event;

import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import dev.weir.pipeline.SourceFields;

/** Makes the decoder of a source. */
public final class EventDecoders {
  private EventDecoders() {}

  /**
   * A decoder for the records of one source; for one thread, and cheap enough to make one each.
   *
   * @param source index into {@code pipeline.sources()}
   * @throws IndexOutOfBoundsException if there is no such source
   */
  public static EventDecoder forSource(Pipeline pipeline, int source) {
    Source declared = pipeline.sources().get(source);
    SourceFields fields = SourceFields.of(pipeline.event(), declared);
    return switch (declared.format()) {
      case JSON ->
          new JsonEventDecoder(
              pipeline.event(), fields, declared.name(), declared instanceof Source.Directory);
      case ACCESS_LOG -> new AccessLogDecoder(pipeline.event(), fields, declared.name());
    };
  }
}
