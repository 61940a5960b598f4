package dev.weir.serving.rollup;

import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CopyBinary;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Measure;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Columns that a roll-up has besides its sketches: the declared percentiles, as scaled values, and
 * the distinct counts, in the order in which the views show them. Where a row is served as it is
 * they spare reading the sketch, which takes many times as long.
 */
final class ComputedColumns {
  private final CubeShape shape;
  private final List<Percentile> percentiles = new ArrayList<>();
  private final int distincts;

  /** The percentile of the number at that place of the layout. */
  private record Percentile(int number, BigDecimal fraction) {}

  ComputedColumns(Cube cube) {
    this.shape = CubeShape.of(cube);
    int number = 0;
    for (Measure measure : cube.measures()) {
      if (measure instanceof Measure.OfNumber of) {
        for (BigDecimal fraction : of.percentiles()) {
          percentiles.add(new Percentile(number, fraction));
        }
        number++;
      }
    }
    this.distincts = cube.layout().distinctIdentifiers().size();
  }

  /** Their names. */
  List<String> names() {
    return Stream.of(Kind.PERCENTILE, Kind.DISTINCT)
        .flatMap(kind -> shape.columns().stream().filter(column -> column.kind() == kind))
        .map(CubeShape.Column::name)
        .toList();
  }

  int number() {
    return percentiles.size() + distincts;
  }

  /** Their values; none for a percentile of nothing. */
  List<OptionalLong> values(MinuteAggregate sum) {
    List<OptionalLong> values = new ArrayList<>(number());
    for (Percentile percentile : percentiles) {
      values.add(sum.number(percentile.number()).bins().percentile(percentile.fraction()));
    }
    for (int i = 0; i < distincts; i++) {
      values.add(OptionalLong.of(sum.distinct(i).estimate()));
    }
    return values;
  }

  /** Appends them to a row. */
  void append(CopyBinary row, MinuteAggregate sum) {
    for (OptionalLong value : values(sum)) {
      if (value.isPresent()) {
        row.bigint(value.getAsLong());
      } else {
        row.nullField();
      }
    }
  }
}
