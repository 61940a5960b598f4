package dev.weir.event;

/**
 * Where a field of a record goes in the canonical event.
 *
 * @param index into the event's array of that kind; 0 for id and time
 * @param path where it stands in the record, for messages
 */
record FieldTarget(Kind kind, int index, String path) {
  enum Kind {
    ID,
    TIME,
    DIMENSION,
    IDENTIFIER,
    NUMBER
  }
}
