package dev.weir.event;

/** What a decoder made of one record. */
public sealed interface DecodeResult {

  /** A valid event. */
  record Decoded(Event event) implements DecodeResult {}

  /**
   * A record that is kept as a dead letter.
   *
   * @param detail what was wrong and where, for a person to read; never empty
   */
  record Rejected(RejectReason reason, String detail) implements DecodeResult {}

  /** A record that carries no event by design: a Kafka tombstone or a blank line. */
  record Filtered() implements DecodeResult {}
}
