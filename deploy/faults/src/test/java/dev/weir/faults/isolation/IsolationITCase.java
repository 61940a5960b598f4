package dev.weir.faults.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Each pair of actors, one interrupted by the other between its round trips to the database, in the
 * style of PostgreSQL's and Timescale's isolation specs.
 *
 * <p>Everything is the product's own code: the commit log and the preview of the speed layer, the
 * batch layer's job with its Spark, the views as the serving layer migrates them. After each round
 * trip that others can see a bystander looks, in one snapshot, whether what is served is a function
 * of the commit log and the preview alone; around each interruption, whether the tables and the
 * archive agree with each other; in the end everything must be as if one actor had come after the
 * other.
 *
 * <p>Every build switches around each commit and each lock, and at some of all other round trips
 * ({@link SwitchPoints}). {@code -Dweir.isolation.every=1} switches at every single one, {@code
 * -Dweir.permutation=PATTERN} plays the pairs whose names match. A failure prints its schedule, and
 * how to see that permutation alone again.
 */
@ExtendWith(Stages.Extension.class)
class IsolationITCase {
  private static final List<Actor> ACTORS =
      List.of(
          new SpeedCommit(),
          new LiveFlush(),
          BatchCommand.PUBLISH,
          BatchCommand.ROLLBACK,
          BatchCommand.RETENTION,
          BatchCommand.REPAIR,
          BatchCommand.REWIND,
          BatchCommand.REPLACE,
          new LongReader());

  private static final AtomicInteger PLAYED = new AtomicInteger();

  @AfterAll
  static void tellHowMany() {
    System.out.println(PLAYED + " permutations were played");
  }

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  List<DynamicTest> eachPair(Stages stages) {
    String only = System.getProperty("weir.permutation", "");
    int at = only.indexOf(" @ ");
    SerialOrders orders = new SerialOrders();
    SwitchPoints switches = SwitchPoints.asked();
    List<DynamicTest> tests = new ArrayList<>();
    for (Actor first : ACTORS) {
      for (Actor second : ACTORS) {
        if (!makesADifference(first, second)) {
          continue;
        }
        String name = Permutation.name(first, second);
        Pair pair = new Pair(first, second, orders);
        if (at > 0 && only.substring(0, at).equals(name)) {
          List<Integer> points =
              Stream.of(only.substring(at + 3).split(" ")).map(Integer::valueOf).toList();
          tests.add(
              DynamicTest.dynamicTest(
                  only,
                  () -> {
                    Schedule schedule = stages.use(stage -> pair.playOnly(points, stage));
                    System.out.println(schedule);
                  }));
        } else if (at < 0 && Pattern.compile(only).matcher(name).find()) {
          tests.add(
              DynamicTest.dynamicTest(
                  name, () -> PLAYED.addAndGet(stages.use(stage -> pair.play(switches, stage)))));
        }
      }
    }
    assertThat(tests).as("permutations called " + only).isNotEmpty();
    return tests;
  }

  /** Whether there is a run to be replaced; without one, replacing is publishing. */
  private static boolean makesADifference(Actor first, Actor second) {
    return second.replaces() ? first instanceof BatchCommand : !first.replaces();
  }
}
