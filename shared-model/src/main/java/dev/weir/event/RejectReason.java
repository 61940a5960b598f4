package dev.weir.event;

/** Why a record became a dead letter. The names are stored and shown; they are never reused. */
public enum RejectReason {
  /** Not a JSON text, by RFC 8259 read strictly; or not UTF-8. */
  MALFORMED_JSON,
  /** A JSON text, but not an object. */
  NOT_AN_OBJECT,
  /** A declared field is given more than once, so that readers may disagree on its value. */
  AMBIGUOUS_FIELD,
  /** Not a line of the Apache combined log format, or not UTF-8. */
  MALFORMED_ACCESS_LOG,
  /** The declared event id is absent, null, empty or not a string or whole number. */
  MISSING_ID,
  /** The declared event time is absent or null. */
  MISSING_TIME,
  /** The event time cannot be read in the declared format. */
  BAD_TIME,
  /** The event time lies outside [1970-01-01, 2200-01-01). */
  TIME_OUT_OF_RANGE,
  /** The event time is later than its record's by more than the declaration allows. */
  TIME_AHEAD,
  /** A number is present but is not one. */
  BAD_NUMBER,
  /** A number has more decimal places than its declared scale. */
  NUMBER_TOO_PRECISE,
  /** A number lies outside its declared minimum and maximum. */
  NUMBER_OUT_OF_RANGE,
  /** A dimension or identifier is an object, an array or a number that is not whole. */
  NOT_TEXT,
  /** A text holds NUL or an unpaired surrogate, which PostgreSQL cannot store. */
  UNSTORABLE_TEXT,
  /** An id, dimension or identifier is longer than 1,024 bytes of UTF-8. */
  TEXT_TOO_LONG,
  /** The record is larger than the decoder accepts (1 MiB), or nested deeper than 512. */
  TOO_LARGE
}
