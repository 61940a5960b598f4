package dev.weir.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoCheckTest {
  private static final DemoCheck GOOD = new DemoCheck("sums are exact", true, "12 of 12 sent");
  private static final DemoCheck BAD = new DemoCheck("all is served", false, "11 of 12 events");
  private static final DemoCheck NOT_SEEN = DemoCheck.notSeen("late events show", "too short");

  @Test
  void printsEachAndWhatCameOfAll() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DemoCheck.print(List.of(GOOD, BAD, NOT_SEEN), new PrintStream(out, true));

    assertThat(out)
        .hasToString(
            """
              ok      sums are exact    12 of 12 sent
              FAILED  all is served     11 of 12 events
              -       late events show  too short

              1 of 3 checks FAILED, 1 could not be made.
            """);
  }

  @Test
  void countsOnlyWhatWasSeenAsHolding() {
    assertThat(DemoCheck.summary(List.of(GOOD, GOOD))).isEqualTo("All 2 checks hold.");
    assertThat(DemoCheck.summary(List.of(GOOD, GOOD, NOT_SEEN)))
        .isEqualTo("2 checks hold, 1 could not be made.");
  }
}
