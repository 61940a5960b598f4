package dev.weir.aggregate;

import static dev.weir.aggregate.GoldenSketches.bins;
import static dev.weir.aggregate.GoldenSketches.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.GoldenSketches.Question;
import dev.weir.aggregate.GoldenSketches.Vector;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java's half of the golden vectors; the serving module asks SQL the same. */
class GoldenSketchesTest {

  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @MethodSource("dev.weir.aggregate.GoldenSketches#read")
  void javaGivesTheGoldenAnswer(Vector vector) {
    assertThat(answer(vector)).isEqualTo(vector.answer());
  }

  @Test
  void everyQuestionIsAsked() {
    assertThat(GoldenSketches.read()).extracting(Vector::question).contains(Question.values());
  }

  static String answer(Vector vector) {
    return switch (vector.question()) {
      case BIN_VALUE ->
          Long.toString(LogLinearBins.representative(Integer.parseInt(vector.input())));
      case PERCENTILE -> {
        var percentile = bins(vector.input()).percentile(new BigDecimal(vector.argument()));
        yield percentile.isPresent() ? Long.toString(percentile.getAsLong()) : "";
      }
      case MERGE_BINS -> {
        LogLinearBins merged = new LogLinearBins();
        vector.inputs().forEach(input -> merged.merge(bins(input)));
        yield text(merged);
      }
      case DISTINCT_COUNT -> Long.toString(HyperLogLog.of(HEX.parseHex(vector.input())).estimate());
      case MERGE_DISTINCT -> {
        HyperLogLog merged = new HyperLogLog();
        vector.inputs().forEach(input -> merged.merge(HyperLogLog.of(HEX.parseHex(input))));
        yield HEX.formatHex(merged.toBytes());
      }
    };
  }
}
