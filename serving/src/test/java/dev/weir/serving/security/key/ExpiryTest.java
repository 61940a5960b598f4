package dev.weir.serving.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "90d, 2026-05-30T10:00:00Z",
    "12h, 2026-03-01T22:00:00Z",
    "2027-01-31, 2027-01-31T00:00:00Z",
    "2026-03-01T12:00:00+01:00, 2026-03-01T11:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void readsSpansDatesAndTimes(String text, Instant expiry) {
    assertThat(Expiry.parse(text, NOW)).isEqualTo(expiry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "0d",
        "-1d",
        "90",
        "90m",
        "2026-02-30",
        "2026-03-01",
        "2026-03-01T10:00:00Z",
        "2026-03-01T12:00",
        "+10000-01-01T00:00:00Z",
        "+999999999-01-01T00:00:00Z"
      })
  void refusesWhatIsNoneOrPast(String text) {
    assertThatThrownBy(() -> Expiry.parse(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a span such as 90d or 12h")
        .hasMessageEndingWith("(it is " + text + ")");
  }
}
