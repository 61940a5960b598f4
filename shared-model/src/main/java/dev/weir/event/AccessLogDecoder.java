package dev.weir.event;

import dev.weir.event.DecodeResult.Rejected;
import dev.weir.event.FieldTarget.Kind;
import dev.weir.pipeline.AccessLogField;
import dev.weir.pipeline.EventSchema;
import dev.weir.pipeline.SourceFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes lines of the Apache combined log format, strictly ({@link AccessLogLine}). A field that
 * is {@code -} is null, but {@code -} bytes are 0. In quoted fields {@code \"} and {@code \\} are
 * unescaped; Apache's other escapes ({@code \xhh}) stay as written, as they may stand for bytes
 * that are no text. Fields of the event that no field of the line belongs to are null.
 */
final class AccessLogDecoder implements EventDecoder {
  private static final DecodeResult FILTERED = new DecodeResult.Filtered();
  private static final byte[] ZERO = {'0'};

  /** A target and the field of the line that it takes. */
  private record Mapping(FieldTarget target, AccessLogField field) {}

  private final Mapping[] mappings;
  private final EventDraft draft;
  private final AccessLogLine line = new AccessLogLine();
  private byte[] unescaped = new byte[256];

  AccessLogDecoder(EventSchema schema, SourceFields fields, String sourceName) {
    this.draft = new EventDraft(schema, fields, sourceName);
    List<Mapping> found = new ArrayList<>();
    for (FieldTarget target : FieldTargets.of(fields)) {
      for (AccessLogField field : AccessLogField.values()) {
        if (field.path().equals(target.path())) {
          found.add(new Mapping(target, field));
        }
      }
    }
    this.mappings = found.toArray(Mapping[]::new);
  }

  @Override
  public DecodeResult decode(RawRecord record) {
    byte[] bytes = record.value();
    if (bytes == null) {
      return FILTERED;
    }
    if (bytes.length > JsonEventDecoder.MAX_BYTES) {
      return new Rejected(
          RejectReason.TOO_LARGE, bytes.length + " bytes, more than " + JsonEventDecoder.MAX_BYTES);
    }
    int end = withoutLineBreak(bytes);
    if (isBlank(bytes, end)) {
      return FILTERED;
    }
    int invalid = Utf8.firstInvalid(bytes, 0, end);
    if (invalid >= 0) {
      return new Rejected(
          RejectReason.MALFORMED_ACCESS_LOG, "at byte " + invalid + ": UTF-8 is due");
    }
    if (!line.read(bytes, 0, end)) {
      return new Rejected(RejectReason.MALFORMED_ACCESS_LOG, line.problem());
    }
    draft.begin();
    for (Mapping mapping : mappings) {
      take(mapping.target(), mapping.field(), bytes);
    }
    return draft.finish(record);
  }

  private void take(FieldTarget target, AccessLogField field, byte[] bytes) {
    int start = line.start(field);
    int end = line.end(field);
    if (start < 0) {
      if (field == AccessLogField.BYTES) {
        draft.number(target, ZERO, 0, 1, true);
      }
      return;
    }
    if (target.kind() == Kind.TIME) {
      time(target, bytes, start, end);
    } else if (field == AccessLogField.STATUS || field == AccessLogField.BYTES) {
      draft.number(target, bytes, start, end, true);
    } else {
      text(target, bytes, start, end);
    }
  }

  private void time(FieldTarget target, byte[] bytes, int start, int end) {
    long micros = AccessLogTime.epochMicros(bytes, start, end);
    if (micros == CivilTime.INVALID) {
      draft.reject(
          RejectReason.BAD_TIME,
          Details.of(
              target,
              start,
              "is "
                  + Details.excerpt(bytes, start, end)
                  + ", not like 17/May/2015:10:05:03 +0000"));
    } else {
      draft.time(target, micros, start);
    }
  }

  private void text(FieldTarget target, byte[] bytes, int start, int end) {
    boolean escapes = false;
    for (int i = start; i < end; i++) {
      if (bytes[i] == 0) {
        draft.reject(RejectReason.UNSTORABLE_TEXT, Details.of(target, i, "is NUL"));
        return;
      }
      escapes |= bytes[i] == '\\';
    }
    if (escapes) {
      int length = unescape(bytes, start, end);
      draft.text(target, unescaped, 0, length, start);
    } else {
      draft.text(target, bytes, start, end, start);
    }
  }

  private int unescape(byte[] bytes, int start, int end) {
    if (unescaped.length < end - start) {
      unescaped = new byte[Math.max(end - start, 2 * unescaped.length)];
    }
    int length = 0;
    for (int i = start; i < end; i++) {
      boolean escape =
          bytes[i] == '\\' && i + 1 < end && (bytes[i + 1] == '"' || bytes[i + 1] == '\\');
      if (escape) {
        i++;
      }
      unescaped[length++] = bytes[i];
    }
    return length;
  }

  private static int withoutLineBreak(byte[] bytes) {
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && bytes[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  private static boolean isBlank(byte[] bytes, int end) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r' && bytes[i] != '\n') {
        return false;
      }
    }
    return true;
  }
}
