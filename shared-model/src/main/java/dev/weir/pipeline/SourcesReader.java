package dev.weir.pipeline;

import dev.weir.pipeline.Source.Format;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code sources} section. */
final class SourcesReader {
  private static final String REMEDY =
      "write - {name: clicks, topic: clicks, format: json}, or directory instead of topic";
  private static final Map<String, Format> FORMATS =
      Map.of("json", Format.JSON, "access-log", Format.ACCESS_LOG);
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private final PipelineErrors errors;
  private final YamlValues values;
  private final SourceFieldsReader fields;
  private final Map<String, Node> names = new HashMap<>();
  private final Map<String, String> origins = new HashMap<>();

  SourcesReader(EventSchema event, PipelineErrors errors) {
    this.errors = errors;
    this.values = new YamlValues(errors);
    this.fields = new SourceFieldsReader(event, errors);
  }

  List<Source> read(Node node) {
    List<Source> sources = new ArrayList<>();
    for (Node item : values.list(node, "sources", REMEDY)) {
      Source source = source(item);
      if (source != null) {
        sources.add(source);
      }
    }
    return sources;
  }

  private Source source(Node item) {
    YamlMapping source =
        YamlMapping.of(
            item,
            "a source",
            REMEDY,
            List.of("name", "topic", "directory", "format", "fields"),
            errors);
    if (source == null) {
      return null;
    }
    String name = name(source);
    String what = name == null ? "the source" : "source " + name;
    Format format = format(source, what);
    Map<String, String> renamed =
        source.has("fields")
            ? fields.read(source.get("fields"), what, format)
            : new LinkedHashMap<>();
    String topic = source.has("topic") ? topic(source.get("topic"), what) : null;
    URI directory =
        source.has("directory")
            ? StorageUri.read(source.get("directory"), "directory of " + what, values, errors)
            : null;
    if (source.has("topic") == source.has("directory")) {
      errors.at(
          item,
          what + (source.has("topic") ? " has a topic and a directory" : " has no topic"),
          source.has("topic")
              ? "keep one of them"
              : "write topic: <Kafka topic> or directory: <address>");
      return null;
    }
    if (name == null || format == null || (topic == null && directory == null)) {
      return null;
    }
    String origin = topic == null ? "directory " + directory : "topic " + topic;
    String other = origins.putIfAbsent(origin, name);
    if (other != null) {
      errors.at(
          item,
          "sources " + other + " and " + name + " both read the " + origin,
          "remove one, or every event is counted twice");
    }
    return topic == null
        ? new Source.Directory(name, directory.toString(), format, renamed)
        : new Source.KafkaTopic(name, topic, format, renamed);
  }

  private String name(YamlMapping source) {
    Node node = source.require("name", "a source", "write name: <lower-case name>");
    String name = node == null ? null : values.text(node, "source name");
    if (name == null) {
      return null;
    }
    FieldNames.checkForm(node, name, "source name", FieldNames.MAX_LENGTH, errors);
    Node first = names.putIfAbsent(name, node);
    if (first != null) {
      errors.at(
          node,
          "two sources are called " + name + ", the first in line " + PipelineErrors.line(first),
          "rename one");
    }
    return name;
  }

  private Format format(YamlMapping source, String what) {
    Node node = source.require("format", what, "write format: json or format: access-log");
    String name = node == null ? null : values.text(node, "format of " + what);
    Format format = name == null ? null : FORMATS.get(name);
    if (name != null && format == null) {
      errors.unknown(node, "unknown format " + name, FORMATS.keySet().stream().sorted().toList());
    }
    return format;
  }

  private String topic(Node node, String what) {
    String topic = values.text(node, "topic of " + what);
    if (topic == null) {
      return null;
    }
    if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
      errors.at(
          node,
          "topic of " + what + " is " + YamlValues.shown(node),
          "a Kafka topic has 1 to 249 letters, digits, dots, _ and -");
      return null;
    }
    return topic;
  }
}
