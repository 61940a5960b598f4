package dev.weir.faults.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each pair of actors, one interrupted by the other after every single round trip to the database,
 * in the style of PostgreSQL's and Timescale's isolation specs.
 *
 * <p>Everything is the product's own code: the commit log and the preview of the speed layer, the
 * batch layer's job with its Spark, the views as the serving layer migrates them. After each round
 * trip a bystander looks, in one snapshot, whether what is served is a function of the commit log
 * and the preview alone, and whether the tables agree with each other; in the end everything must
 * be as if one actor had come after the other.
 *
 * <p>All permutations take many minutes, so they are played on request: {@code mvn verify -pl
 * :weir-faults -am -Dtest.excluded= -Dit.test=IsolationITCase}.
 *
 * <p>A failure prints its schedule, and how to see that permutation alone again.
 */
@Tag("exhaustive")
class IsolationITCase {
  private static final List<Actor> ACTORS =
      List.of(
          new SpeedCommit(),
          new LiveFlush(),
          BatchCommand.PUBLISH,
          BatchCommand.ROLLBACK,
          BatchCommand.RETENTION,
          BatchCommand.REPAIR,
          new LongReader());

  @TempDir private static Path folder;

  private static Stage stage;
  private static int permutations;

  @BeforeAll
  static void setUp() throws Exception {
    stage = new Stage(folder, new BatchLayer());
  }

  @AfterAll
  static void tearDown() throws Exception {
    System.out.println(permutations + " permutations were played");
    if (stage != null) {
      stage.close();
    }
  }

  @TestFactory
  List<DynamicTest> everyPairAtEveryStep() {
    String only = System.getProperty("weir.permutation", "");
    int step = only.indexOf(" @ ");
    List<DynamicTest> tests = new ArrayList<>();
    for (Actor first : ACTORS) {
      for (Actor second : ACTORS) {
        String name = first.name() + " | " + second.name();
        Pair pair = new Pair(first, second, stage);
        if (step > 0 && only.startsWith(name + " @ ")) {
          int after = Integer.parseInt(only.substring(step + 3));
          tests.add(DynamicTest.dynamicTest(only, () -> System.out.println(pair.playOnly(after))));
        } else if (step < 0 && first != second && Pattern.compile(only).matcher(name).find()) {
          tests.add(DynamicTest.dynamicTest(name, () -> permutations += pair.playAll()));
        }
      }
    }
    assertThat(tests).as("permutations called " + only).isNotEmpty();
    return tests;
  }
}
