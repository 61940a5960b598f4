package dev.weir.pipeline;

import dev.weir.pipeline.EventSchema.Field;
import dev.weir.pipeline.EventSchema.NumberField;
import dev.weir.pipeline.Measure.Statistic;
import dev.weir.pipeline.YamlMapping.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a cube's {@code measures}. */
final class MeasuresReader {
  private static final String REMEDY =
      "write a list such as [count, {value: [sum, avg, p95]}, {distinct: user_id}]";
  private static final String COUNT = "count";
  private static final String DISTINCT = "distinct";
  private static final Map<String, Statistic> STATISTICS = new LinkedHashMap<>();

  static {
    STATISTICS.put("sum", Statistic.SUM);
    STATISTICS.put("min", Statistic.MIN);
    STATISTICS.put("max", Statistic.MAX);
    STATISTICS.put("avg", Statistic.AVG);
  }

  private final List<NumberField> numbers;
  private final List<String> numberNames;
  private final List<String> identifiers;
  private final String cube;
  private final PipelineErrors errors;
  private final YamlValues values;
  private final List<Measure> measures = new ArrayList<>();

  /**
   * @param cube names the cube, for messages
   */
  MeasuresReader(EventSchema event, String cube, PipelineErrors errors) {
    this.numbers = event.numbers();
    this.numberNames = numbers.stream().map(NumberField::name).toList();
    this.identifiers = event.identifiers().stream().map(Field::name).toList();
    this.cube = cube;
    this.errors = errors;
    this.values = new YamlValues(errors);
  }

  List<Measure> read(Node node) {
    for (Node item : values.list(node, "measures of " + cube, REMEDY)) {
      if (item instanceof ScalarNode) {
        count(item);
      } else {
        YamlMapping measure = YamlMapping.open(item, "a measure of " + cube, REMEDY, errors);
        for (Entry entry : measure == null ? List.<Entry>of() : measure.entries()) {
          if (entry.key().equals(DISTINCT)) {
            distinct(entry.value());
          } else {
            number(entry);
          }
        }
      }
    }
    return measures;
  }

  private void count(Node item) {
    String name = values.text(item, "a measure of " + cube);
    if (name == null) {
      return;
    }
    if (name.equals(COUNT)) {
      add(item, new Measure.Count(), COUNT);
    } else if (numberNames.contains(name)) {
      errors.at(
          item, cube + " measures " + name + " without saying how", "write {" + name + ": [sum]}");
    } else {
      errors.unknown(item, cube + " has the unknown measure " + name, List.of(COUNT));
    }
  }

  private void distinct(Node node) {
    String name = values.text(node, "distinct of " + cube);
    if (name == null) {
      return;
    }
    int index = identifiers.indexOf(name);
    if (index < 0) {
      errors.unknown(
          node,
          cube + " counts distinct " + name + ", which is not one of the event's identifiers",
          identifiers);
      return;
    }
    add(node, new Measure.Distinct(index, name), "distinct " + name);
  }

  private void number(Entry entry) {
    int index = numberNames.indexOf(entry.key());
    if (index < 0) {
      List<String> known = new ArrayList<>(numberNames);
      known.add(DISTINCT);
      errors.unknown(
          entry.keyNode(),
          cube + " measures " + entry.key() + ", which is not one of the event's numbers",
          known);
      return;
    }
    Set<Statistic> statistics = EnumSet.noneOf(Statistic.class);
    List<BigDecimal> percentiles = new ArrayList<>();
    String what = "statistics of " + entry.key() + " in " + cube;
    for (Node item : values.list(entry.value(), what, "write a list such as [sum, avg, p95]")) {
      String name = values.text(item, what);
      if (name != null) {
        statistic(item, name, statistics, percentiles);
      }
    }
    NumberField field = numbers.get(index);
    add(
        entry.keyNode(),
        new Measure.OfNumber(index, field.name(), field.scale(), statistics, percentiles),
        entry.key());
  }

  private void statistic(
      Node item, String name, Set<Statistic> statistics, List<BigDecimal> percentiles) {
    Statistic statistic = STATISTICS.get(name);
    BigDecimal percentile = statistic == null ? Percentiles.fraction(name).orElse(null) : null;
    if (statistic == null && percentile == null) {
      if (name.matches("[pP][0-9.]+")) {
        errors.at(
            item,
            cube + " has the percentile " + name,
            "write p1 to p99, or with up to three decimals, such as p99.9; p0 is min, p100 is max");
      } else {
        List<String> known = new ArrayList<>(STATISTICS.keySet());
        known.add("a percentile such as p95");
        errors.unknown(item, cube + " has the unknown statistic " + name, known);
      }
      return;
    }
    boolean added =
        statistic == null ? !percentiles.contains(percentile) : statistics.add(statistic);
    if (!added) {
      errors.at(item, cube + " has the statistic " + name + " twice", "remove one");
    } else if (percentile != null) {
      percentiles.add(percentile);
    }
  }

  private void add(Node node, Measure measure, String name) {
    boolean twice =
        measures.stream()
            .anyMatch(other -> CubeDefinition.label(other).equals(CubeDefinition.label(measure)));
    if (twice) {
      errors.at(node, cube + " measures " + name + " twice", "write it once, with all it needs");
    } else {
      measures.add(measure);
    }
  }
}
