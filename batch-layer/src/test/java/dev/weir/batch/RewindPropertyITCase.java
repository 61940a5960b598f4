package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commits, runs and rewinds in any order: what is served is always what the commits in the ledger
 * brought, and what was removed and is replayed counts once.
 */
class RewindPropertyITCase {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int STEPS = 24;

  @TempDir Path archive;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOrderServesWhatWasCommitted(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    EventStream stream = new EventStream(seed);
    try (BatchRunFixture fixture = new BatchRunFixture(archive)) {
      ServedView view = new ServedView(fixture.database, fixture.pipeline());
      TreeMap<Long, List<Event>> commits = new TreeMap<>();
      for (int step = 0; step < STEPS; step++) {
        int what = random.nextInt(10);
        if (what < 5) {
          commit(
              fixture, commits, stream.events(60, NOON.plus(random.nextInt(4), ChronoUnit.HOURS)));
        } else if (what < 8) {
          assertThat(fixture.run().problems()).isEmpty();
          fixture.assertBatchRows(fixture.speed.archived());
        } else {
          Long[] numbers = commits.keySet().toArray(Long[]::new);
          int back = Math.min(numbers.length, 1 + random.nextInt(4));
          long to = back == numbers.length ? 0 : numbers[numbers.length - 1 - back];
          assertThat(fixture.rewind(to).succeeded()).isTrue();
          view.assertServes(fixture.speed.archived());
          Map<Long, List<Event>> removed = new TreeMap<>(commits.tailMap(to, false));
          commits.tailMap(to, false).clear();
          // Some are replayed, as a job that goes back to the earlier state would.
          for (List<Event> events : removed.values()) {
            if (random.nextInt(4) > 0) {
              commit(fixture, commits, events);
            }
          }
        }
        view.assertServes(fixture.speed.archived());
      }
      assertThat(fixture.run().problems()).isEmpty();
      fixture.assertBatchRows(fixture.speed.archived());
      new SoundLog(fixture).assertSound();
      Answer verified = fixture.verify();
      assertThat(verified.succeeded()).as(verified.text()).isTrue();
    }
  }

  private static void commit(
      BatchRunFixture fixture, Map<Long, List<Event>> commits, List<Event> events)
      throws Exception {
    fixture.speed.commit(events);
    assertThat(commits.put(fixture.speed.head(), events)).as("numbers are never reused").isNull();
  }
}
