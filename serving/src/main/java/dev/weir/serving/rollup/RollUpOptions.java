package dev.weir.serving.rollup;

import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import java.time.Duration;
import java.util.List;

/**
 * How often roll-ups are brought up to date.
 *
 * @param pause at least, from the end of one time to the next; zero: this application leaves it to
 *     another
 */
public record RollUpOptions(Duration pause) {
  private static final String SECONDS = "roll-ups.seconds";
  private static final int LONGEST = 3600;

  public static final List<Option> OPTIONS =
      List.of(
          new Option(
              SECONDS,
              "0 to " + LONGEST,
              "10",
              "pause before roll-ups are brought up to date again, longer where that takes long or"
                  + " while a backlog is read; 0: not by this application, which answers the same without them, but more"
                  + " slowly"));

  public RollUpOptions {
    if (pause.isNegative()) {
      throw new IllegalArgumentException("the pause " + pause + " is negative");
    }
  }

  public static RollUpOptions read(GivenOptions given) {
    return new RollUpOptions(Duration.ofSeconds(given.number(SECONDS, 0, LONGEST)));
  }
}
