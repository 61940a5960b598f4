package dev.weir.pipeline;

import org.snakeyaml.engine.v2.nodes.Node;

/** The form of a path: keys joined by dots. */
final class FieldPath {
  private static final int MAX_LENGTH = 512;

  private FieldPath() {}

  /** The path, or null with the error recorded. */
  static String check(Node node, String path, String what, PipelineErrors errors) {
    if (path.startsWith("$")) {
      errors.at(
          node,
          what + " is " + path,
          "write a path in the record; only $source (for dimensions and identifiers) and, for a"
              + " source's id, $origin are special");
      return null;
    }
    if (path.length() > MAX_LENGTH
        || path.startsWith(".")
        || path.endsWith(".")
        || path.contains("..")) {
      errors.at(
          node,
          what + " is " + YamlValues.shown(node) + ", which has an empty key or is too long",
          "write keys joined by single dots, such as user.id");
      return null;
    }
    return path;
  }
}
