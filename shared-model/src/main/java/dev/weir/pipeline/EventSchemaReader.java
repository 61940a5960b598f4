package dev.weir.pipeline;

import dev.weir.pipeline.EventSchema.Field;
import dev.weir.pipeline.EventSchema.NumberField;
import dev.weir.pipeline.EventSchema.TimeFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the {@code event} section. */
final class EventSchemaReader {
  private static final String REMEDY =
      "write event: {time: <path>, dimensions: [...], identifiers: [...], numbers: [...]}";
  private static final String NUMBER_REMEDY =
      "write {name: value, scale: 4}, with min, max, path and round as needed";
  private static final String TIME_REMEDY =
      "write a path or {field: <path>, format: iso, max_ahead: 1h}";
  private static final int MAX_SCALE = 9;

  private static final Duration MOST_AHEAD = Duration.ofDays(365);

  /** What the time is where it cannot be read. */
  private static final Time NO_TIME = new Time("", TimeFormat.ISO, null);

  /** The archive stores DECIMAL(18, scale). */
  private static final BigDecimal LARGEST_SCALED = BigDecimal.TEN.pow(18).subtract(BigDecimal.ONE);

  private final PipelineErrors errors;
  private final YamlValues values;
  private final Map<String, Node> names = new LinkedHashMap<>();

  EventSchemaReader(PipelineErrors errors) {
    this.errors = errors;
    this.values = new YamlValues(errors);
  }

  /** The schema, with fields left out or guessed where an error was recorded; never null. */
  EventSchema read(Node node) {
    YamlMapping event =
        YamlMapping.of(
            node,
            "event",
            REMEDY,
            List.of("id", "time", "dimensions", "identifiers", "numbers"),
            errors);
    if (event == null) {
      return new EventSchema(
          Optional.empty(), "", TimeFormat.ISO, null, List.of(), List.of(), List.of());
    }
    Optional<String> id =
        event.has("id") ? Optional.ofNullable(path(event.get("id"), "event id")) : Optional.empty();
    Time time = time(event.require("time", "event", "write time: <path of the event time>"));
    List<Field> dimensions = fields(event.get("dimensions"), "dimension");
    List<Field> identifiers = fields(event.get("identifiers"), "identifier");
    List<NumberField> numbers = numbers(event.get("numbers"));
    for (Field dimension : dimensions) {
      FieldNames.checkGenerated(
          names.get(dimension.name()),
          dimension.name(),
          numbers.stream().map(NumberField::name).toList(),
          identifiers.stream().map(Field::name).toList(),
          errors);
    }
    return new EventSchema(
        id, time.path(), time.format(), time.maxAhead(), dimensions, identifiers, numbers);
  }

  private record Time(String path, TimeFormat format, Duration maxAhead) {}

  private Time time(Node node) {
    if (node == null) {
      return NO_TIME;
    }
    if (node instanceof ScalarNode) {
      String path = path(node, "event time");
      return path == null ? NO_TIME : new Time(path, TimeFormat.ISO, null);
    }
    YamlMapping time =
        YamlMapping.of(
            node, "event time", TIME_REMEDY, List.of("field", "format", "max_ahead"), errors);
    if (time == null) {
      return NO_TIME;
    }
    Node field = time.require("field", "event time", "write field: <path of the event time>");
    String path = field == null ? null : path(field, "event time");
    return new Time(
        path == null ? "" : path, timeFormat(time.get("format")), maxAhead(time.get("max_ahead")));
  }

  private Duration maxAhead(Node node) {
    return node == null
        ? null
        : values.duration(node, "max_ahead of event time", Duration.ZERO, MOST_AHEAD, "0s to 365d");
  }

  private TimeFormat timeFormat(Node node) {
    String name = node == null ? null : values.text(node, "time format");
    if (name == null) {
      return TimeFormat.ISO;
    }
    List<String> known = new ArrayList<>();
    for (TimeFormat format : TimeFormat.values()) {
      String written = format.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (written.equals(name)) {
        return format;
      }
      known.add(written);
    }
    errors.unknown(node, "unknown time format " + name, known);
    return TimeFormat.ISO;
  }

  private List<Field> fields(Node node, String what) {
    if (node == null) {
      return List.of();
    }
    List<Field> fields = new ArrayList<>();
    String remedy = "write a list of names or {name: ..., path: ...}, or leave the key out";
    for (Node item : values.list(node, what + "s", remedy)) {
      Field field = item instanceof ScalarNode ? named(item, what) : renamed(item, what);
      if (field != null && declare(item, field.name(), what)) {
        fields.add(field);
      }
    }
    return fields;
  }

  private Field named(Node item, String what) {
    String name = values.text(item, what);
    return name == null ? null : new Field(name, name);
  }

  private Field renamed(Node item, String what) {
    YamlMapping field =
        YamlMapping.of(
            item, what, "write a name or {name: ..., path: ...}", List.of("name", "path"), errors);
    if (field == null) {
      return null;
    }
    Node nameNode = field.require("name", what, "write name: <column name>");
    String name = nameNode == null ? null : values.text(nameNode, what + " name");
    String path =
        field.has("path") ? fieldPath(field.get("path"), "path of " + what + " " + name) : name;
    return name == null ? null : new Field(name, path == null ? name : path);
  }

  private List<NumberField> numbers(Node node) {
    if (node == null) {
      return List.of();
    }
    List<NumberField> numbers = new ArrayList<>();
    for (Node item : values.list(node, "numbers", NUMBER_REMEDY + ", or leave the key out")) {
      NumberField number = number(item);
      if (number != null && declare(item, number.name(), "number")) {
        FieldNames.checkNumber(item, number.name(), errors);
        numbers.add(number);
      }
    }
    return numbers;
  }

  private NumberField number(Node item) {
    YamlMapping number =
        YamlMapping.of(
            item,
            "number",
            NUMBER_REMEDY,
            List.of("name", "path", "scale", "min", "max", "round"),
            errors);
    if (number == null) {
      return null;
    }
    Node nameNode = number.require("name", "number", NUMBER_REMEDY);
    String name = nameNode == null ? null : values.text(nameNode, "number name");
    if (name == null) {
      return null;
    }
    Node scaleNode =
        number.require("scale", "number " + name, "write scale: <decimal places, 0 to 9>");
    Integer scale =
        scaleNode == null ? null : values.integer(scaleNode, "scale of " + name, 0, MAX_SCALE);
    String path = number.has("path") ? path(number.get("path"), "path of number " + name) : name;
    boolean round = number.has("round") && values.bool(number.get("round"), "round of " + name);
    long min = limit(number.get("min"), "min of " + name, scale, LARGEST_SCALED.negate());
    long max = limit(number.get("max"), "max of " + name, scale, LARGEST_SCALED);
    if (min > max) {
      errors.at(item, "number " + name + " has a min above its max", "exchange them");
    }
    return new NumberField(
        name, path == null ? name : path, scale == null ? 0 : scale, min, max, round);
  }

  private long limit(Node node, String what, Integer scale, BigDecimal otherwise) {
    BigDecimal value = node == null ? null : values.decimal(node, what);
    if (value == null) {
      return otherwise.longValueExact();
    }
    if (scale == null) {
      // No scale is known, but of two whole limits one is still seen to be above the other.
      return value.max(LARGEST_SCALED.negate()).min(LARGEST_SCALED).longValue();
    }
    BigDecimal scaled = value.scaleByPowerOfTen(scale).stripTrailingZeros();
    if (scaled.scale() > 0) {
      errors.at(
          node,
          what + " is " + value.toPlainString() + ", which needs more than " + scale + " places",
          "round it or raise the scale");
    } else if (scaled.abs().compareTo(LARGEST_SCALED) > 0) {
      errors.at(
          node,
          what + " is " + value + ", which has more than 18 digits at scale " + scale,
          "narrow it or lower the scale");
    } else {
      return scaled.longValueExact();
    }
    return otherwise.longValueExact();
  }

  /** Checks a field's name and takes it; false where another field has it. */
  private boolean declare(Node node, String name, String what) {
    FieldNames.checkForm(node, name, what, FieldNames.MAX_LENGTH, errors);
    FieldNames.checkColumn(node, name, errors);
    Node first = names.putIfAbsent(name, node);
    if (first != null) {
      errors.at(
          node,
          "two fields are called " + name + ", the first in line " + PipelineErrors.line(first),
          "rename one, such as {name: " + name + "_2, path: " + name + "}");
    }
    return first == null;
  }

  /** A path for text fields, which may also name the source. */
  private String fieldPath(Node node, String what) {
    String path = values.text(node, what);
    return path == null || path.equals(SourceFields.SOURCE_NAME)
        ? path
        : FieldPath.check(node, path, what, errors);
  }

  private String path(Node node, String what) {
    String path = values.text(node, what);
    return path == null ? null : FieldPath.check(node, path, what, errors);
  }
}
