package dev.weir.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.PipelineError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.io.support.SpringFactoriesLoader;

class ToldByMainTest {
  @Test
  void onlyMistakesInADeclarationAreNoFailureOfTheApplication() {
    List<SpringBootExceptionReporter> ours =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                SpringBootExceptionReporter.class,
                (type, name, failure) -> {
                  if (name.equals(ToldByMain.class.getName())) {
                    throw new IllegalStateException(failure);
                  }
                })
            .stream()
            .filter(ToldByMain.class::isInstance)
            .toList();

    assertThat(ours).singleElement().satisfies(ToldByMainTest::tellsMistakesApart);
  }

  private static void tellsMistakesApart(SpringBootExceptionReporter reporter) {
    var mistakes =
        new InvalidPipelineException(
            "reports.yaml", List.of(new PipelineError(1, "it is empty", "write reports: []")));
    assertThat(reporter.reportException(new BeanCreationException("desk", "failed", mistakes)))
        .isTrue();
    assertThat(
            reporter.reportException(
                new BeanCreationException("desk", "failed", new IllegalStateException("no"))))
        .isFalse();
  }
}
