package dev.weir.pipeline;

import dev.weir.pipeline.EventSchema.Field;
import dev.weir.pipeline.EventSchema.NumberField;
import dev.weir.pipeline.Source.Format;
import dev.weir.pipeline.YamlMapping.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a source's {@code fields}: where its records differ from the {@code event} section. */
final class SourceFieldsReader {
  private final List<String> known = new ArrayList<>(List.of(FieldNames.ID, FieldNames.TIME));
  private final List<String> texts;
  private final List<String> numbers;
  private final PipelineErrors errors;
  private final YamlValues values;

  SourceFieldsReader(EventSchema event, PipelineErrors errors) {
    this.errors = errors;
    this.values = new YamlValues(errors);
    this.texts = new ArrayList<>(event.dimensions().stream().map(Field::name).toList());
    texts.addAll(event.identifiers().stream().map(Field::name).toList());
    this.numbers = event.numbers().stream().map(NumberField::name).toList();
    known.addAll(texts);
    known.addAll(numbers);
  }

  /**
   * @param what names the source, for messages
   * @param format null where it could not be read
   */
  Map<String, String> read(org.snakeyaml.engine.v2.nodes.Node node, String what, Format format) {
    Map<String, String> paths = new LinkedHashMap<>();
    String remedy = "write fields: {<field of the event>: <path in this source>}";
    YamlMapping fields = YamlMapping.open(node, "fields of " + what, remedy, errors);
    if (fields == null) {
      return paths;
    }
    for (Entry entry : fields.entries()) {
      if (!known.contains(entry.key())) {
        errors.unknown(
            entry.keyNode(),
            "fields of " + what + " name " + entry.key() + ", which the event does not declare",
            known);
        continue;
      }
      String path = path(entry, what, format);
      if (path != null) {
        paths.put(entry.key(), path);
      }
    }
    return paths;
  }

  private String path(Entry entry, String what, Format format) {
    String label = "path of " + entry.key() + " in " + what;
    String path = values.text(entry.value(), label);
    if (path == null) {
      return null;
    }
    boolean special =
        (path.equals(SourceFields.SOURCE_NAME) && texts.contains(entry.key()))
            || (path.equals(SourceFields.ORIGIN) && entry.key().equals(FieldNames.ID));
    if (special || FieldPath.check(entry.value(), path, label, errors) == null) {
      return path;
    }
    if (format == Format.ACCESS_LOG) {
      checkAccessLog(entry, path, label);
    }
    return path;
  }

  private void checkAccessLog(Entry entry, String path, String label) {
    if (!AccessLogField.paths().contains(path)) {
      errors.unknown(
          entry.value(),
          label + " is " + path + ", no field of an access log",
          AccessLogField.paths());
    } else if (entry.key().equals(FieldNames.TIME) && !path.equals(AccessLogField.TIME.path())) {
      errors.at(
          entry.value(), label + " is " + path, "leave it out: a log line's time is its time");
    } else if (numbers.contains(entry.key())
        && !path.equals(AccessLogField.BYTES.path())
        && !path.equals(AccessLogField.STATUS.path())) {
      errors.at(
          entry.value(), label + " is " + path + ", which is no number", "use bytes or status");
    }
  }
}
