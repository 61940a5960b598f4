package dev.weir.benchmark.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.benchmark.growth.Figures.Point;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotTest {
  @Test
  void aLinearScaleEndsAtARoundNumber() {
    Scale scale = Scale.upTo(8.3, 200, 0);
    assertThat(scale.to()).isEqualTo(10);
    assertThat(scale.at(0)).isEqualTo(200);
    assertThat(scale.at(5)).isEqualTo(100);
    assertThat(scale.ticks()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(Scale.upTo(10, 0, 1).to()).isEqualTo(10);
    assertThat(Scale.upTo(0.21, 0, 1).ticks()).hasSizeBetween(4, 6);
  }

  @Test
  void aLogarithmicScaleHasEqualStepsForEqualFactors() {
    Scale scale = new Scale(10, 1000, 50, 150, true);
    assertThat(scale.at(10)).isEqualTo(50);
    assertThat(scale.at(100)).isCloseTo(100, within(1e-9));
    assertThat(scale.at(1000)).isEqualTo(150);
    assertThatThrownBy(() -> new Scale(0, 10, 0, 1, true))
        .hasMessageContaining("no scale from 0.0");
  }

  @Test
  void thePlotIsXmlWithALineForEachPart() throws Exception {
    List<Point> points = List.of(point(24, 5, 1), point(1_200, 6, 2), point(100_000, 8, 3));
    Document svg = parse(Plot.svg(Axis.SERIES, points));
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(9);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("100,000", "both 11", "job 8.0", "PostgreSQL 3.0", Axis.SERIES.label());
  }

  @Test
  void onePointIsAPlot() throws Exception {
    Document svg = parse(Plot.svg(Axis.CUBES, List.of(point(1, 5, 1))));
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static Point point(long x, double job, double database) {
    return new Point(x, 3_000_000, 200_000, job, database, 0.01, Instant.EPOCH);
  }
}
