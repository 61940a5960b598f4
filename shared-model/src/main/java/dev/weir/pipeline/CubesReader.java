package dev.weir.pipeline;

import dev.weir.pipeline.EventSchema.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code cubes} section. */
final class CubesReader {
  private static final String REMEDY =
      "write - {name: traffic, dimensions: [...], measures: [count, ...]}";

  private final List<String> dimensions;
  private final EventSchema event;
  private final PipelineErrors errors;
  private final YamlValues values;
  private final Map<String, Node> names = new HashMap<>();

  CubesReader(EventSchema event, PipelineErrors errors) {
    this.event = event;
    this.dimensions = event.dimensions().stream().map(Field::name).toList();
    this.errors = errors;
    this.values = new YamlValues(errors);
  }

  List<Cube> read(Node node) {
    List<Cube> cubes = new ArrayList<>();
    for (Node item : values.list(node, "cubes", REMEDY)) {
      Cube cube = cube(item);
      if (cube != null) {
        cubes.add(cube);
      }
    }
    return cubes;
  }

  private Cube cube(Node item) {
    YamlMapping cube =
        YamlMapping.of(item, "a cube", REMEDY, List.of("name", "dimensions", "measures"), errors);
    if (cube == null) {
      return null;
    }
    String name = name(cube);
    String what = name == null ? "the cube" : "cube " + name;
    List<Integer> grouped =
        cube.has("dimensions") ? grouped(cube.get("dimensions"), what) : List.of();
    Node measuresNode = cube.require("measures", what, "write measures: [count]");
    if (measuresNode == null) {
      return null;
    }
    List<Measure> measures = new MeasuresReader(event, what, errors).read(measuresNode);
    List<String> groupedNames = grouped.stream().map(dimensions::get).toList();
    return name == null ? null : CubeDefinition.cube(name, grouped, groupedNames, measures);
  }

  private String name(YamlMapping cube) {
    Node node = cube.require("name", "a cube", "write name: <lower-case name>");
    String name = node == null ? null : values.text(node, "cube name");
    if (name == null) {
      return null;
    }
    FieldNames.checkForm(node, name, "cube name", FieldNames.MAX_CUBE_LENGTH, errors);
    Node first = names.putIfAbsent(name, node);
    if (first != null) {
      errors.at(
          node,
          "two cubes are called " + name + ", the first in line " + PipelineErrors.line(first),
          "rename one");
    }
    return name;
  }

  private List<Integer> grouped(Node node, String what) {
    List<Integer> grouped = new ArrayList<>();
    String remedy = "write a list of the event's dimensions, or leave the key out for totals only";
    for (Node item : values.list(node, "dimensions of " + what, remedy)) {
      String name = values.text(item, "a dimension of " + what);
      if (name == null) {
        continue;
      }
      int index = dimensions.indexOf(name);
      if (index < 0) {
        errors.unknown(
            item,
            what + " has the dimension " + name + ", which the event does not declare",
            dimensions);
      } else if (grouped.contains(index)) {
        errors.at(item, what + " has the dimension " + name + " twice", "remove one");
      } else {
        grouped.add(index);
      }
    }
    return grouped;
  }
}
