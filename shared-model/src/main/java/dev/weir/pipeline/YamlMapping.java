package dev.weir.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A YAML mapping whose keys have been checked: text, each once, and known where they must be. */
public final class YamlMapping {

  /** A key with its node, for the line, and its value. */
  public record Entry(String key, Node keyNode, Node value) {}

  private final Node node;
  private final Map<String, Entry> entries;
  private final PipelineErrors errors;

  private YamlMapping(Node node, Map<String, Entry> entries, PipelineErrors errors) {
    this.node = node;
    this.entries = entries;
    this.errors = errors;
  }

  /** Any keys; null, with the error recorded, when the node is not a mapping. */
  public static YamlMapping open(Node node, String what, String remedy, PipelineErrors errors) {
    if (!(node instanceof MappingNode mapping)) {
      errors.at(node, what + " is " + YamlValues.kind(node), remedy);
      return null;
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        errors.at(tuple.getKeyNode(), "a key of " + what + " is not text", "write a name");
        continue;
      }
      Entry entry = new Entry(key.getValue(), key, tuple.getValueNode());
      Entry first = entries.putIfAbsent(key.getValue(), entry);
      if (first != null) {
        errors.at(
            key,
            what
                + " has the key "
                + key.getValue()
                + " twice, first in line "
                + PipelineErrors.line(first.keyNode()),
            "remove one");
      }
    }
    return new YamlMapping(node, entries, errors);
  }

  /** Only the given keys; null, with the error recorded, when the node is not a mapping. */
  public static YamlMapping of(
      Node node, String what, String remedy, Collection<String> known, PipelineErrors errors) {
    YamlMapping mapping = open(node, what, remedy, errors);
    if (mapping != null) {
      for (Entry entry : mapping.entries()) {
        if (!known.contains(entry.key())) {
          errors.unknown(entry.keyNode(), "unknown key " + entry.key() + " in " + what, known);
        }
      }
    }
    return mapping;
  }

  /** The mapping itself, for its line. */
  public Node node() {
    return node;
  }

  /** All entries, in order. */
  public List<Entry> entries() {
    return new ArrayList<>(entries.values());
  }

  /** Whether the key is there. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The value, or null when the key is absent. */
  public Node get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** The value, or null, with the error recorded, when the key is absent. */
  public Node require(String key, String what, String remedy) {
    Node value = get(key);
    if (value == null) {
      errors.at(node, what + " has no " + key, remedy);
    }
    return value;
  }
}
