package dev.weir.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The declared paths of a source as a tree of keys in UTF-8, so that a key is found by comparing
 * bytes. Belongs to one decoder: it remembers which keys the current record has had and which key
 * usually follows.
 */
final class FieldTrie {
  private static final FieldTarget[] NO_TARGETS = {};

  /** The place of everything that is not declared. */
  static final FieldTrie UNDECLARED = new FieldTrie("", "");

  private final String path;

  /** The key in quotes and a colon: how most producers write it. Empty if it needs escapes. */
  private final byte[] usual;

  private byte[][] keys = {};
  private FieldTrie[] children = {};
  private FieldTarget[] targets = NO_TARGETS;

  /** Producers write keys in one order: the child after the last one found is tried first. */
  private int expected;

  private long lastRecord = -1;

  private FieldTrie(String path, String key) {
    this.path = path;
    boolean plain = key.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
    this.usual = plain ? ('"' + key + "\":").getBytes(StandardCharsets.UTF_8) : new byte[0];
  }

  /** The root of the tree of all targets' paths. */
  static FieldTrie of(List<FieldTarget> targets) {
    FieldTrie root = new FieldTrie("", "");
    for (FieldTarget target : targets) {
      FieldTrie node = root;
      for (String key : target.path().split("\\.", -1)) {
        node = node.childFor(key);
      }
      node.targets = Arrays.copyOf(node.targets, node.targets.length + 1);
      node.targets[node.targets.length - 1] = target;
    }
    return root;
  }

  private FieldTrie childFor(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    FieldTrie known = find(bytes, 0, bytes.length);
    if (known != UNDECLARED) {
      return known;
    }
    int count = keys.length;
    keys = Arrays.copyOf(keys, count + 1);
    keys[count] = bytes;
    children = Arrays.copyOf(children, count + 1);
    children[count] = new FieldTrie(path.isEmpty() ? key : path + "." + key, key);
    return children[count];
  }

  /** The child of a key, or {@link #UNDECLARED}. */
  FieldTrie find(byte[] bytes, int start, int end) {
    int count = keys.length;
    int candidate = expected;
    for (int tried = 0; tried < count; tried++) {
      if (candidate >= count) {
        candidate = 0;
      }
      byte[] key = keys[candidate];
      if (key.length == end - start && Arrays.equals(key, 0, key.length, bytes, start, end)) {
        expected = candidate + 1;
        return children[candidate];
      }
      candidate++;
    }
    return UNDECLARED;
  }

  /**
   * The child whose key is expected next, if it stands at a position in its usual form; else null.
   * What comes after it then starts {@link #usualLength()} bytes later.
   */
  FieldTrie findUsual(byte[] bytes, int position, int end) {
    int candidate = expected < keys.length ? expected : 0;
    if (keys.length == 0) {
      return null;
    }
    byte[] form = children[candidate].usual;
    int length = form.length;
    if (length == 0
        || end - position < length
        || !Arrays.equals(form, 0, length, bytes, position, position + length)) {
      return null;
    }
    expected = candidate + 1;
    return children[candidate];
  }

  /** Bytes of the key in quotes and its colon. */
  int usualLength() {
    return usual.length;
  }

  /** Notes that a record has this field; false if it had it before. */
  boolean firstIn(long record) {
    boolean first = lastRecord != record;
    lastRecord = record;
    return first;
  }

  /** What the value of this field is for; not to be changed. */
  FieldTarget[] targets() {
    return targets;
  }

  /** Keys joined by dots. */
  String path() {
    return path;
  }
}
