package dev.weir.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.TestDatabase;
import dev.weir.serving.sql.ReplacedViewException;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers while the views that they are read from are replaced. */
class AnswerSnapshotITCase {
  /** The driver keeps a statement from the fifth time on. */
  private static final int OFTEN = 8;

  private final TestDatabase database = TestDatabase.empty();
  private final ReadingConnections connections =
      DatabaseConnections.forReading(new DatabaseOptions(database.jdbcUrl(), database.user(), ""));
  private final AnswerSnapshot snapshot = new AnswerSnapshot(connections);
  private final JdbcClient client = JdbcClient.create(connections);

  @BeforeEach
  void create() {
    showWithScale(2);
  }

  @AfterEach
  void close() {
    connections.close();
    database.close();
  }

  private void showWithScale(int scale) {
    database.execute(
        "DROP VIEW IF EXISTS shown; CREATE VIEW shown AS SELECT 1.5::numeric(30, "
            + scale
            + ") AS value");
  }

  private BigDecimal answer() {
    return snapshot.execute(status -> read());
  }

  /** As an answer that is kept is read: in the snapshot in which it was looked for. */
  private BigDecimal within() {
    return snapshot.execute(status -> answer());
  }

  private BigDecimal read() {
    return client.sql("SELECT value FROM shown").query(BigDecimal.class).single();
  }

  @Test
  void readsOnceMoreWhatAReplacedViewHasInAnotherType() {
    for (int i = 0; i < OFTEN; i++) {
      assertThat(answer()).isEqualTo("1.50");
    }

    showWithScale(3);

    assertThat(answer()).isEqualTo("1.500");
  }

  @Test
  void readsOnceMoreWhatIsReadWithinAnotherAnswer() {
    for (int i = 0; i < OFTEN; i++) {
      within();
    }

    showWithScale(3);

    assertThat(within()).isEqualTo("1.500");
  }

  @Test
  void rowsThatArePassedOnAreNotRepeated() {
    for (int i = 0; i < OFTEN; i++) {
      snapshot.executeWithoutResult(status -> read());
    }

    showWithScale(3);

    assertThatThrownBy(() -> snapshot.executeWithoutResult(status -> read()))
        .isInstanceOf(ReplacedViewException.class)
        .hasMessageContaining("ask again");
    assertThat(answer()).isEqualTo("1.500");
  }

  @Test
  void whatIsWrongOtherwiseIsToldAtOnce() {
    int[] times = {0};

    assertThatThrownBy(
            () ->
                snapshot.execute(
                    status -> {
                      times[0]++;
                      return client.sql("SELECT value / 0 FROM shown").query().singleValue();
                    }))
        .hasMessageContaining("division by zero");
    assertThat(times[0]).isEqualTo(1);
  }
}
