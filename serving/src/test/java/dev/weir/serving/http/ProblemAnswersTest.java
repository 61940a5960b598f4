package dev.weir.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.sql.ReplacedViewException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** What is answered to whom the database refuses something. */
class ProblemAnswersTest {
  @Test
  void whatIsReadFromAReplacedViewIsToBeAskedForAgain() {
    var answer =
        new ProblemAnswers()
            .database(new ReplacedViewException(new SQLException("cached plan", "0A000")));

    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
    assertThat(answer.getBody().getDetail()).endsWith("ask again.");
  }
}
