package dev.weir.event;

/**
 * Turns the records of one source into canonical events. Not thread safe: it may reuse buffers
 * between calls; the events it returns share nothing that it changes later.
 */
public interface EventDecoder {

  /** Decodes one record. Never throws for bad input. */
  DecodeResult decode(RawRecord record);
}
