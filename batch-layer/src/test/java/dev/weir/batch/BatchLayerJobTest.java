package dev.weir.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchLayerJobTest {
  private static final String OPTIONS =
      " --pipeline nowhere.yaml --database.url jdbc:postgresql://127.0.0.1:1/weir --database.user w";

  @ParameterizedTest
  @CsvSource({
    "'', batch",
    "run, batch",
    "mend, batch",
    "verify, verify",
    "repair, repair",
    "rollback, rollback",
    "rewind --commit 3, rewind"
  })
  void saysInTheNameOfTheCommandWhatCouldNotBeDone(String typed, String named) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] arguments = (typed + OPTIONS).strip().split(" ");

    assertThat(BatchLayerJob.run(arguments, System.out, new PrintStream(err, true, UTF_8)))
        .isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .startsWith("weir " + named + ": ")
        .contains(
            typed.equals("mend") ? "'mend' is not a command" : "file nowhere.yaml does not exist");
  }
}
