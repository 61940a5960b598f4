package dev.weir.event;

import dev.weir.event.DecimalReader.Excess;
import dev.weir.event.DecimalReader.Outcome;
import dev.weir.pipeline.EventSchema;
import dev.weir.pipeline.EventSchema.NumberField;
import dev.weir.pipeline.EventSchema.TimeFormat;
import dev.weir.pipeline.SourceFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The event being assembled from one record, whatever its format: checks every value, and keeps the
 * first thing that is wrong. Reused from record to record; the arrays are each event's own, and so
 * are the bytes of ids and identifiers, unless they are those of true, false or the source's name.
 */
final class EventDraft {
  private static final int MAX_TEXT_BYTES = 1_024;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  /** 2200-01-01T00:00:00Z. */
  private static final long END_OF_TIME_MICROS = 7_258_118_400_000_000L;

  /** What every event of the source begins with: the source's name where it is asked for. */
  private final String[] givenDimensions;

  private final byte[][] givenIdentifiers;
  private final NumberField[] numberFields;
  private final TimeFormat timeFormat;
  private final long maxAheadMicros;
  private final boolean identified;
  private final TextCache dimensionTexts = new TextCache();
  private final DecimalReader decimals = new DecimalReader();

  private byte[] id;
  private long timeMicros;
  private boolean timePresent;
  private String[] dimensions;
  private byte[][] identifiers;
  private long[] numbers;
  private long numbersPresent;
  private RejectReason reason;
  private String detail;

  EventDraft(EventSchema schema, SourceFields fields, String sourceName) {
    this.givenDimensions = given(fields.dimensions(), sourceName);
    this.givenIdentifiers =
        Arrays.stream(given(fields.identifiers(), sourceName))
            .map(given -> given == null ? null : given.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.numberFields = schema.numbers().toArray(NumberField[]::new);
    this.timeFormat = schema.timeFormat();
    Duration ahead = schema.maxAhead();
    // Without a limit no valid time is late enough.
    this.maxAheadMicros = ahead == null ? END_OF_TIME_MICROS : TimeUnit.MICROSECONDS.convert(ahead);
    this.identified = fields.id().isPresent();
  }

  private static String[] given(List<String> paths, String sourceName) {
    return paths.stream()
        .map(path -> path.equals(SourceFields.SOURCE_NAME) ? sourceName : null)
        .toArray(String[]::new);
  }

  void begin() {
    id = null;
    timePresent = false;
    dimensions = givenDimensions.clone();
    identifiers = givenIdentifiers.clone();
    numbers = new long[numberFields.length];
    numbersPresent = 0;
    reason = null;
    detail = null;
  }

  /** Notes what is wrong, unless something else is already. */
  void reject(RejectReason why, String what) {
    if (reason == null) {
      reason = why;
      detail = what;
    }
  }

  /** A text value: valid UTF-8 that has been checked to hold no NUL. */
  void text(FieldTarget target, byte[] bytes, int start, int end, int at) {
    switch (target.kind()) {
      case ID -> {
        if (start == end) {
          reject(RejectReason.MISSING_ID, Details.of(target, at, "is empty"));
        } else if (fits(target, start, end, at)) {
          id = Arrays.copyOfRange(bytes, start, end);
        }
      }
      case DIMENSION -> {
        if (fits(target, start, end, at)) {
          dimensions[target.index()] = dimensionTexts.text(bytes, start, end);
        }
      }
      case IDENTIFIER -> {
        if (fits(target, start, end, at)) {
          identifiers[target.index()] = Arrays.copyOfRange(bytes, start, end);
        }
      }
      case TIME -> isoTime(target, bytes, start, end, at);
      case NUMBER ->
          reject(
              RejectReason.BAD_NUMBER,
              Details.of(target, at, "is the text " + Details.excerpt(bytes, start, end)));
    }
  }

  private boolean fits(FieldTarget target, int start, int end, int at) {
    if (end - start <= MAX_TEXT_BYTES) {
      return true;
    }
    String what = "has " + (end - start) + " bytes, more than " + MAX_TEXT_BYTES;
    reject(RejectReason.TEXT_TOO_LONG, Details.of(target, at, what));
    return false;
  }

  /**
   * A number's literal, of the form {@link DecimalReader} reads.
   *
   * @param whole whether it has neither fraction nor exponent
   */
  void number(FieldTarget target, byte[] bytes, int start, int end, boolean whole) {
    switch (target.kind()) {
      case NUMBER -> scaled(target, bytes, start, end);
      case TIME -> epochTime(target, bytes, start, end);
      case ID, DIMENSION, IDENTIFIER -> {
        if (whole) {
          text(target, bytes, start, end, start);
        } else {
          notText(target, start, "is the number " + Details.excerpt(bytes, start, end));
        }
      }
    }
  }

  /** A literal true or false. */
  void bool(FieldTarget target, boolean value, int at) {
    switch (target.kind()) {
      case DIMENSION -> dimensions[target.index()] = value ? "true" : "false";
      case IDENTIFIER -> identifiers[target.index()] = value ? TRUE : FALSE;
      case ID, TIME, NUMBER -> unusable(target, at, "is " + value);
    }
  }

  /** An object or array. */
  void container(FieldTarget target, boolean object, int at) {
    unusable(target, at, object ? "is an object" : "is an array");
  }

  private void unusable(FieldTarget target, int at, String what) {
    switch (target.kind()) {
      case ID, DIMENSION, IDENTIFIER -> notText(target, at, what);
      case TIME -> reject(RejectReason.BAD_TIME, Details.of(target, at, what));
      case NUMBER -> reject(RejectReason.BAD_NUMBER, Details.of(target, at, what));
    }
  }

  private void notText(FieldTarget target, int at, String what) {
    boolean forId = target.kind() == FieldTarget.Kind.ID;
    reject(
        forId ? RejectReason.MISSING_ID : RejectReason.NOT_TEXT,
        Details.of(target, at, what + ", not text or a whole number"));
  }

  private void scaled(FieldTarget target, byte[] bytes, int start, int end) {
    NumberField field = numberFields[target.index()];
    Excess excess = field.round() ? Excess.ROUND_HALF_EVEN : Excess.REJECT;
    Outcome outcome = decimals.read(bytes, start, end, field.scale(), excess);
    if (outcome == Outcome.TOO_PRECISE) {
      reject(
          RejectReason.NUMBER_TOO_PRECISE,
          Details.of(
              target,
              start,
              "is "
                  + Details.excerpt(bytes, start, end)
                  + ", more than "
                  + field.scale()
                  + " places"));
    } else if (outcome == Outcome.TOO_LARGE
        || decimals.value() < field.min()
        || decimals.value() > field.max()) {
      reject(
          RejectReason.NUMBER_OUT_OF_RANGE,
          Details.of(target, start, "is " + Details.excerpt(bytes, start, end)));
    } else {
      numbers[target.index()] = decimals.value();
      numbersPresent |= 1L << target.index();
    }
  }

  private void isoTime(FieldTarget target, byte[] bytes, int start, int end, int at) {
    long micros =
        timeFormat == TimeFormat.ISO ? IsoTime.epochMicros(bytes, start, end) : CivilTime.INVALID;
    if (micros == CivilTime.INVALID) {
      reject(
          RejectReason.BAD_TIME,
          Details.of(target, at, "is the text " + Details.excerpt(bytes, start, end) + expected()));
    } else {
      time(target, micros, at);
    }
  }

  private void epochTime(FieldTarget target, byte[] bytes, int start, int end) {
    String shown = "is " + Details.excerpt(bytes, start, end);
    int scale =
        switch (timeFormat) {
          case ISO -> -1;
          case EPOCH_SECONDS -> 6;
          case EPOCH_MILLIS -> 3;
          case EPOCH_MICROS -> 0;
        };
    if (scale < 0) {
      reject(RejectReason.BAD_TIME, Details.of(target, start, shown + expected()));
    } else if (decimals.read(bytes, start, end, scale, Excess.FLOOR) == Outcome.READ) {
      time(target, decimals.value(), start);
    } else {
      reject(RejectReason.TIME_OUT_OF_RANGE, Details.of(target, start, shown));
    }
  }

  private String expected() {
    return timeFormat == TimeFormat.ISO
        ? ", not an ISO-8601 time with a zone"
        : ", not a number for " + timeFormat;
  }

  /** The event time, epoch microseconds. */
  void time(FieldTarget target, long micros, int at) {
    if (micros < 0 || micros >= END_OF_TIME_MICROS) {
      reject(
          RejectReason.TIME_OUT_OF_RANGE,
          Details.of(target, at, "is before 1970 or not before 2200"));
    } else {
      timeMicros = micros;
      timePresent = true;
    }
  }

  /** The event, or the first reason why there is none. */
  DecodeResult finish(RawRecord record) {
    if (reason == null && identified && id == null) {
      reject(RejectReason.MISSING_ID, "the event id is absent or null");
    }
    if (reason == null && !timePresent) {
      reject(RejectReason.MISSING_TIME, "the event time is absent or null");
    }
    if (reason == null && isAhead(record.recordMillis())) {
      reject(RejectReason.TIME_AHEAD, ahead(record.recordMillis()));
    }
    if (reason != null) {
      return new DecodeResult.Rejected(reason, detail);
    }
    return new DecodeResult.Decoded(
        new Event(
            record.source(),
            record.topic(),
            record.partition(),
            record.offset(),
            record.recordMillis(),
            id,
            timeMicros,
            dimensions,
            identifiers,
            numbers,
            numbersPresent));
  }

  /** By the record's time and not by the clock: Kafka's is the same when it is read again. */
  private boolean isAhead(long recordMillis) {
    return recordMillis >= 0 && Math.floorDiv(timeMicros - maxAheadMicros, 1_000) > recordMillis;
  }

  private String ahead(long recordMillis) {
    return "the event time "
        + Instant.EPOCH.plus(timeMicros, ChronoUnit.MICROS)
        + " is later than its record's, "
        + Instant.ofEpochMilli(recordMillis)
        + ", by more than max_ahead";
  }
}
