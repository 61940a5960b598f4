package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.batch.db.RunRefusedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that hangs: it keeps others out until one takes its place, and then it changes nothing. */
class ReplaceITCase {
  private static final Instant NOON = Instant.parse("2026-03-01T12:10:00Z");

  @TempDir Path archive;
  private final EventStream stream = new EventStream(5);
  private BatchRunFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new BatchRunFixture(archive);
    fixture.speed.commit(stream.events(800, NOON));
    fixture.speed.commit(stream.events(800, NOON));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"selecting event hours", "checking conservation", "publishing"})
  void aRunThatHangsIsReplacedAndThenChangesNothing(String at) throws Exception {
    HangingRun first = new HangingRun(fixture, at, fixture::run);

    assertThatThrownBy(() -> fixture.run())
        .isInstanceOf(RunRefusedException.class)
        .message()
        .matches(
            "another run of the batch layer is at work: version 1 \\(run\\), since 20\\S+Z; its"
                + " database session was last active at 20\\S+Z\\. Wait for it to end and run again;"
                + " if it hangs, add --replace, which ends its database session, removes what it wrote"
                + " and takes its place");

    fixture.replace = true;
    RunSummary second = fixture.run();
    assertThat(second.succeeded()).isTrue();
    assertThat(second.warnings()).isEmpty();
    fixture.assertBatchRows(fixture.speed.archived());
    assertThat(
            fixture.database.query(
                "SELECT state || ': ' || message FROM weir.batch_run WHERE version = 1"))
        .isEqualTo("replaced: run 2 took its place");
    Map<String, String> before = DatabaseContent.of(fixture.database);

    assertThat(first.wake())
        .isInstanceOf(RunRefusedException.class)
        .message()
        .matches(
            "run 1 was replaced by run 2 \\(run, started at 20\\S+Z\\) while it hung or had lost its"
                + " connection\\. It has published nothing and changes nothing any more; run again if"
                + " anything is left to do");
    assertThat(DatabaseContent.of(fixture.database)).isEqualTo(before);
    fixture.replace = false;
    assertThat(fixture.run().outcomes()).isEmpty();
  }

  @Test
  void aTaskOfAReplacedRunWritesNothing() throws Exception {
    fixture.onStep =
        step -> {
          if (step.equals("selecting event hours")) {
            // What a replacing run does, but for ending this one's session: its tasks go on.
            fixture.database.execute(
                "WITH r AS (INSERT INTO weir.batch_run (state, kind, through_commit) VALUES ('running',"
                    + " 'repair', 2) RETURNING version) UPDATE weir.batch_fence SET version = r.version"
                    + " FROM r");
          }
        };

    assertThatThrownBy(() -> fixture.run())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageStartingWith("run 1 was replaced by run 2 (repair, started at ")
        .rootCause()
        .hasMessage("run 1 may not write any more: run 2 took its place");
    fixture
        .pipeline()
        .cubes()
        .forEach(
            cube ->
                assertThat(
                        fixture.database.queryLong(
                            "SELECT count(*) FROM batch."
                                + dev.weir.db.CubeTables.of(fixture.pipeline(), cube).name()
                                + "_minute"))
                    .isZero());
  }

  @Test
  void nothingToReplaceIsNoObstacle() throws Exception {
    fixture.replace = true;
    assertThat(fixture.run().succeeded()).isTrue();
    assertThat(fixture.database.query("SELECT state FROM weir.batch_run")).isEqualTo("published");
  }
}
