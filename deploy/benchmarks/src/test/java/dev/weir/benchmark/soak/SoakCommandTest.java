package dev.weir.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.benchmark.BenchmarkFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class SoakCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--within 119s | --within is at least 2m",
        "--for 10m | --for is at least 1237s",
        "--within 2m --every 1m --for 4m | --for is at least 247s",
      })
  void refusesWhatCouldTellNothing(String options, String message) {
    SoakCommand soak = new SoakCommand();
    new CommandLine(soak).parseArgs(options.split(" ", -1));
    assertThatThrownBy(soak::call)
        .isInstanceOf(BenchmarkFailure.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--scope all | it is topic or partition, not 'all'",
        "--for 60    | '60' is not a time; write it as 90s, 5m or 1h",
      })
  void refusesOptionsInAWrongForm(String options, String message) {
    assertThatThrownBy(() -> new CommandLine(new SoakCommand()).parseArgs(options.split(" ", -1)))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(message);
  }

  @Test
  void writesOneColumnForEachFigure() {
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("kafka process", 400L);
    figures.put("/dev/shm", 12L);
    figures.put("kafka heap", 160L);
    MemoryUse use = new MemoryUse(300, 1_500_000, figures);
    assertThat(use.header()).isEqualTo("seconds,records,kafka_process,/dev/shm,kafka_heap");
    assertThat(use.line()).isEqualTo("300,1500000,400,12,160");
  }
}
