package dev.weir.event;

import dev.weir.event.DecodeResult.Rejected;
import dev.weir.pipeline.EventSchema;
import dev.weir.pipeline.SourceFields;

/**
 * Decodes JSON objects. The whole text is checked, declared or not, but only declared fields are
 * turned into values. This is the per-event path: one pass over the bytes, without recursion, and
 * nothing allocated but the event's own parts.
 *
 * <p>What it makes of what RFC 8259 leaves open:
 *
 * <ul>
 *   <li>A declared field that is given twice is rejected: readers differ in which one they believe.
 *       Other keys may repeat.
 *   <li>A number is one only as a JSON number; {@code "12"} in quotes is text. It is read exactly,
 *       with its exponent.
 *   <li>Text is a JSON string, and where dimensions, identifiers and ids are concerned also a whole
 *       number, by its digits as written; dimensions and identifiers may be {@code true} or {@code
 *       false}, too.
 *   <li>A path leads through objects only, not into arrays; null is the same as absent.
 * </ul>
 */
final class JsonEventDecoder implements EventDecoder {
  static final int MAX_BYTES = 1 << 20;
  static final int MAX_DEPTH = 512;

  private static final DecodeResult FILTERED = new DecodeResult.Filtered();

  private final FieldTrie root;
  private final EventDraft draft;
  private final boolean blankIsNothing;
  private final JsonScanner scanner = new JsonScanner();
  private final JsonText text = new JsonText();

  /** The containers open around the present position: for an object its place, else null. */
  private final FieldTrie[] open = new FieldTrie[MAX_DEPTH];

  private int depth;
  private boolean tooDeep;
  private byte[] bytes;
  private long record;

  /**
   * @param blankIsNothing whether white space is no event, as between the lines of a file, instead
   *     of a malformed one
   */
  JsonEventDecoder(
      EventSchema schema, SourceFields fields, String sourceName, boolean blankIsNothing) {
    this.root = FieldTrie.of(FieldTargets.of(fields));
    this.draft = new EventDraft(schema, fields, sourceName);
    this.blankIsNothing = blankIsNothing;
  }

  @Override
  public DecodeResult decode(RawRecord raw) {
    bytes = raw.value();
    if (bytes == null) {
      return FILTERED;
    }
    if (bytes.length > MAX_BYTES) {
      return new Rejected(RejectReason.TOO_LARGE, bytes.length + " bytes, more than " + MAX_BYTES);
    }
    scanner.reset(bytes);
    int first = scanner.peek();
    if (first == JsonScanner.END && blankIsNothing) {
      return FILTERED;
    }
    record++;
    depth = 0;
    tooDeep = false;
    draft.begin();
    if (!walk()) {
      return tooDeep
          ? new Rejected(RejectReason.TOO_LARGE, "nested deeper than " + MAX_DEPTH)
          : new Rejected(RejectReason.MALFORMED_JSON, scanner.problem());
    }
    return first == '{'
        ? draft.finish(raw)
        : new Rejected(RejectReason.NOT_AN_OBJECT, "the JSON text is not an object");
  }

  /** Reads one JSON text to its end; false if it is none. */
  private boolean walk() {
    FieldTrie field = root;
    while (field != null) {
      int first = scanner.peek();
      if (first == '{' || first == '[') {
        if (!enter(first == '{', field)) {
          return false;
        }
        if (scanner.peek() != (first == '{' ? '}' : ']')) {
          field = first == '{' ? key() : FieldTrie.UNDECLARED;
          continue;
        }
      } else if (!scalar(first, field)) {
        return false;
      }
      field = next();
      if (field == null && depth == 0) {
        return scanner.peek() == JsonScanner.END || scanner.fail("the end is due");
      }
    }
    return false;
  }

  private boolean enter(boolean object, FieldTrie field) {
    if (depth == MAX_DEPTH) {
      tooDeep = true;
      return false;
    }
    for (FieldTarget target : field.targets()) {
      draft.container(target, object, scanner.position());
    }
    open[depth++] = object ? field : null;
    scanner.skip();
    return true;
  }

  /**
   * After a value: leaves what ends here.
   *
   * @return the place of the next value, or null, with depth 0 when the text is complete
   */
  private FieldTrie next() {
    while (depth > 0) {
      FieldTrie parent = open[depth - 1];
      int c = scanner.peek();
      if (c == ',') {
        scanner.skip();
        return parent == null ? FieldTrie.UNDECLARED : key();
      }
      if (c != (parent == null ? ']' : '}')) {
        scanner.fail(parent == null ? "a comma or ] is due" : "a comma or } is due");
        return null;
      }
      scanner.skip();
      depth--;
    }
    return null;
  }

  /** Reads a key and its colon; the place of its value, or null if they are malformed. */
  private FieldTrie key() {
    if (scanner.peek() != '"') {
      scanner.fail("a key in quotes is due");
      return null;
    }
    FieldTrie parent = open[depth - 1];
    int at = scanner.position();
    FieldTrie usual = parent.findUsual(bytes, at, bytes.length);
    if (usual != null) {
      scanner.skip(usual.usualLength());
      return once(usual, at);
    }
    if (!scanner.string()) {
      return null;
    }
    FieldTrie field = find(parent, at);
    if (scanner.peek() != ':') {
      scanner.fail("a colon is due");
      return null;
    }
    scanner.skip();
    return field;
  }

  private FieldTrie find(FieldTrie parent, int at) {
    if (parent == FieldTrie.UNDECLARED) {
      return parent;
    }
    FieldTrie field;
    if (!scanner.escaped()) {
      field = parent.find(bytes, scanner.tokenStart(), scanner.tokenEnd());
    } else if (scanner.storable()) {
      text.unescape(bytes, scanner.tokenStart(), scanner.tokenEnd());
      field = parent.find(text.buffer(), 0, text.length());
    } else {
      return FieldTrie.UNDECLARED;
    }
    return field == FieldTrie.UNDECLARED ? field : once(field, at);
  }

  private FieldTrie once(FieldTrie field, int at) {
    if (!field.firstIn(record)) {
      draft.reject(RejectReason.AMBIGUOUS_FIELD, field.path() + " is given again at byte " + at);
    }
    return field;
  }

  private boolean scalar(int first, FieldTrie field) {
    int at = scanner.position();
    switch (first) {
      case '"' -> {
        if (!scanner.string()) {
          return false;
        }
        string(field, at);
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        if (!scanner.number()) {
          return false;
        }
        for (FieldTarget target : field.targets()) {
          draft.number(target, bytes, scanner.tokenStart(), scanner.tokenEnd(), scanner.whole());
        }
      }
      case 't', 'f' -> {
        if (!(first == 't' ? scanner.literalTrue() : scanner.literalFalse())) {
          return false;
        }
        for (FieldTarget target : field.targets()) {
          draft.bool(target, first == 't', at);
        }
      }
      case 'n' -> {
        return scanner.literalNull();
      }
      default -> {
        return scanner.fail("a value is due");
      }
    }
    return true;
  }

  private void string(FieldTrie field, int at) {
    FieldTarget[] targets = field.targets();
    if (targets.length == 0) {
      return;
    }
    if (!scanner.storable()) {
      draft.reject(
          RejectReason.UNSTORABLE_TEXT,
          Details.of(targets[0], at, "holds \\u0000 or half of a surrogate pair"));
      return;
    }
    byte[] source = bytes;
    int start = scanner.tokenStart();
    int end = scanner.tokenEnd();
    if (scanner.escaped()) {
      text.unescape(bytes, start, end);
      source = text.buffer();
      start = 0;
      end = text.length();
    }
    for (FieldTarget target : targets) {
      draft.text(target, source, start, end, at);
    }
  }
}
