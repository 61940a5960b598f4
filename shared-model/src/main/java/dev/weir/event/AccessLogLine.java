package dev.weir.event;

import dev.weir.pipeline.AccessLogField;
import java.util.EnumMap;
import java.util.Map;

/**
 * One line of the Apache combined log format, cut into its fields:
 *
 * <pre>{@code
 * client ident user [time] "request" status bytes "referrer" "user agent"
 * }</pre>
 *
 * <p>Fields are separated by one space; a quote or backslash inside quotes is escaped by a
 * backslash. A request that is not {@code METHOD path HTTP/n} (a scanner's binary, an empty line)
 * is the path as a whole: the server answered it, and its status and bytes count. Allocates
 * nothing; used again from line to line.
 */
final class AccessLogLine {
  private final Map<AccessLogField, Span> spans = new EnumMap<>(AccessLogField.class);
  private byte[] bytes;
  private int position;
  private int end;
  private String problem;

  private static final class Span {
    private int start;
    private int end;
  }

  AccessLogLine() {
    for (AccessLogField field : AccessLogField.values()) {
      spans.put(field, new Span());
    }
  }

  /** Cuts a line, without its line break; false if it is not in the format. */
  boolean read(byte[] line, int start, int lineEnd) {
    bytes = line;
    position = start;
    end = lineEnd;
    problem = null;
    return word(AccessLogField.CLIENT)
        && space()
        && word(AccessLogField.IDENT)
        && space()
        && word(AccessLogField.USER)
        && space()
        && bracketed()
        && space()
        && request()
        && space()
        && status()
        && space()
        && size()
        && space()
        && quoted(AccessLogField.REFERRER)
        && space()
        && quoted(AccessLogField.USER_AGENT)
        && (position == end || fail("the end of the line is due"));
  }

  /** What is wrong and where, for a person to read. */
  String problem() {
    return "at byte " + position + ": " + problem;
  }

  /** First byte of a field, without quotes or brackets; -1 if it is {@code -} or absent. */
  int start(AccessLogField field) {
    return spans.get(field).start;
  }

  /** End of a field, exclusive. */
  int end(AccessLogField field) {
    return spans.get(field).end;
  }

  private boolean fail(String what) {
    problem = what;
    return false;
  }

  private boolean set(AccessLogField field, int start, int fieldEnd) {
    boolean absent = start < 0 || (fieldEnd - start == 1 && bytes[start] == '-');
    Span span = spans.get(field);
    span.start = absent ? -1 : start;
    span.end = fieldEnd;
    return true;
  }

  private boolean space() {
    if (position < end && bytes[position] == ' ') {
      position++;
      return true;
    }
    return fail("a space is due");
  }

  private boolean word(AccessLogField field) {
    int from = position;
    while (position < end && bytes[position] != ' ') {
      position++;
    }
    return position > from ? set(field, from, position) : fail("the " + field.path() + " is due");
  }

  private boolean bracketed() {
    if (position >= end || bytes[position] != '[') {
      return fail("the time in brackets is due");
    }
    int from = ++position;
    while (position < end && bytes[position] != ']') {
      position++;
    }
    return position < end
        ? set(AccessLogField.TIME, from, position++)
        : fail("a closing bracket is due");
  }

  private boolean status() {
    int from = position;
    return word(AccessLogField.STATUS)
        && (start(AccessLogField.STATUS) < 0
            || (position - from == 3 && CivilTime.digits(bytes, from, 3) >= 0)
            || failAt(from, "a status of three digits is due"));
  }

  private boolean size() {
    int from = position;
    if (!word(AccessLogField.BYTES)) {
      return false;
    }
    for (int i = from; start(AccessLogField.BYTES) >= 0 && i < position; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return failAt(from, "a number of bytes is due");
      }
    }
    return true;
  }

  private boolean failAt(int at, String what) {
    position = at;
    return fail(what);
  }

  private boolean quoted(AccessLogField field) {
    if (position >= end || bytes[position] != '"') {
      return fail("the " + field.path() + " in quotes is due");
    }
    int from = ++position;
    while (position < end && bytes[position] != '"') {
      position += bytes[position] == '\\' && position + 1 < end ? 2 : 1;
    }
    return position < end ? set(field, from, position++) : fail("a closing quote is due");
  }

  private boolean request() {
    if (!quoted(AccessLogField.PATH)) {
      return false;
    }
    int from = start(AccessLogField.PATH);
    int to = end(AccessLogField.PATH);
    set(AccessLogField.METHOD, -1, 0);
    set(AccessLogField.PROTOCOL, -1, 0);
    if (from < 0) {
      return true;
    }
    int first = from;
    while (first < to && bytes[first] >= 'A' && bytes[first] <= 'Z') {
      first++;
    }
    int last = to;
    while (last > first && bytes[last - 1] != ' ') {
      last--;
    }
    boolean three = first > from && first < last - 2 && bytes[first] == ' ' && isProtocol(last, to);
    if (three) {
      set(AccessLogField.METHOD, from, first);
      set(AccessLogField.PATH, first + 1, last - 1);
      set(AccessLogField.PROTOCOL, last, to);
    }
    return true;
  }

  private boolean isProtocol(int from, int to) {
    return to - from > 5
        && bytes[from] == 'H'
        && bytes[from + 1] == 'T'
        && bytes[from + 2] == 'T'
        && bytes[from + 3] == 'P'
        && bytes[from + 4] == '/';
  }
}
