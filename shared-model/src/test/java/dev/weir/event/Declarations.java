package dev.weir.event;

import dev.weir.event.DecodeResult.Decoded;
import dev.weir.event.DecodeResult.Rejected;
import dev.weir.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;

/** Decoders of small declarations, and the records to try them with. */
final class Declarations {
  private Declarations() {}

  /** A decoder of JSON from a topic; the event section is given without its key. */
  static EventDecoder json(String event) {
    return decoder("{name: clicks, topic: events, format: json}", event);
  }

  /** A decoder of one source, both parts in YAML's flow style. */
  static EventDecoder decoder(String source, String event) {
    return EventDecoders.forSource(
        PipelineReader.read(
            """
            pipeline: web
            sources: [%s]
            event: %s
            cubes: [{name: total, measures: [count]}]
            """
                .formatted(source, event)),
        0);
  }

  static RawRecord record(byte[] value) {
    return record(1_700_000_000_000L, value);
  }

  static RawRecord record(long recordMillis, byte[] value) {
    return new RawRecord(0, "events", 3, 42, recordMillis, value);
  }

  static DecodeResult decode(EventDecoder decoder, String text) {
    return decoder.decode(record(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Event event(EventDecoder decoder, String text) {
    DecodeResult result = decode(decoder, text);
    if (result instanceof Decoded decoded) {
      return decoded.event();
    }
    throw new AssertionError(result + " for " + text);
  }

  static Rejected rejected(EventDecoder decoder, String text) {
    DecodeResult result = decode(decoder, text);
    if (result instanceof Rejected rejected) {
      return rejected;
    }
    throw new AssertionError(result + " for " + text);
  }
}
