package dev.weir.faults.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Races made on purpose: the permutations find every one of them. */
@ExtendWith(Stages.Extension.class)
class KnownRacesITCase {
  private final Stages stages;

  KnownRacesITCase(Stages stages) {
    this.stages = stages;
  }

  private int play(Actor first, Actor second) throws Exception {
    Pair pair = new Pair(first, second, new SerialOrders());
    return stages.use(stage -> pair.play(new SwitchPoints(1), stage));
  }

  private static Actor actor(String name, String... statements) {
    return new SqlActor(name, List.of(statements));
  }

  @Test
  void anUpdateThatIsLost() {
    String read =
        "CREATE TEMPORARY TABLE seen AS SELECT version + %d AS version FROM weir.batch_fence";
    String write = "UPDATE weir.batch_fence SET version = (SELECT version FROM seen)";
    assertThatThrownBy(
            () ->
                play(
                    actor("one", read.formatted(1), write),
                    actor("other", read.formatted(10), write)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the end is none that one order would give")
        .hasMessageContaining("+ fence: 3")
        .hasMessageContaining("- fence: 13")
        .hasMessageContaining("-Dweir.permutation='one | other @ 1'");
  }

  @Test
  void twoThatWaitForEachOther() {
    String lock = "SELECT FROM weir.%s FOR UPDATE";
    assertThatThrownBy(
            () ->
                play(
                    actor(
                        "one",
                        "BEGIN",
                        lock.formatted("head"),
                        lock.formatted("batch_fence"),
                        "COMMIT"),
                    actor(
                        "other",
                        "BEGIN",
                        lock.formatted("batch_fence"),
                        lock.formatted("head"),
                        "COMMIT")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wait for each other");
  }

  @Test
  void lockedInOneOrderTheyTakeTurns() throws Exception {
    String claim = "UPDATE weir.head SET attempt = attempt + 1";
    String fence = "UPDATE weir.batch_fence SET version = version + 1";
    assertThat(
            play(
                actor("one", "BEGIN", claim, fence, "COMMIT"),
                actor("other", "BEGIN", claim, fence, "COMMIT")))
        .isEqualTo(4);
  }

  @Test
  void aMomentInWhichEventsAreMissing() throws Exception {
    String table =
        stages.use(
            stage ->
                stage
                    .database()
                    .query(
                        "SELECT min(relname) FROM pg_class WHERE relname ~"
                            + " '^routes_[0-9a-f]{8}$'"));
    assertThatThrownBy(
            () ->
                play(
                    actor(
                        "mover",
                        "CREATE TEMPORARY TABLE moved AS SELECT * FROM speed." + table,
                        "DELETE FROM speed." + table,
                        "INSERT INTO speed." + table + " SELECT * FROM moved"),
                    new LongReader()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("serving.routes_minute counts");
  }
}
