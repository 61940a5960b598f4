package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientFailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", "08006", "25006", "25P03", "25P04", "40001", "40003", "40P01", "53100", "53200",
        "53300", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "58030"
      })
  void passes(String state) {
    assertThat(TransientFailure.matches(new SQLException("", state))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23514", "25P02", "42P01", "28P01", "22003", ""})
  void doesNotPass(String state) {
    assertThat(TransientFailure.matches(new SQLException("", state))).isFalse();
  }

  @Test
  void anErrorWithoutAStateDoesNotPass() {
    assertThat(TransientFailure.matches(new SQLException("no state"))).isFalse();
  }

  @Test
  void waitsDoubleUpToTheLongest() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new SplittableRandom(1));
    assertThat(backoff.after(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(backoff.after(3)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(backoff.after(1_000_000)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  @Test
  void anAddressHidesItsPassword() {
    assertThat(new DatabaseAddress("jdbc:postgresql://db/weir", "weir", "secret"))
        .hasToString("weir at jdbc:postgresql://db/weir");
    assertThatThrownBy(
            () -> new DatabaseAddress("jdbc:postgresql://db/weir?password=secret", "weir", ""))
        .hasMessageNotContaining("secret")
        .hasMessageStartingWith("the database URL holds a password");
  }
}
