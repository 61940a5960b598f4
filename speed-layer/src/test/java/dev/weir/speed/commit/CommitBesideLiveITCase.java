package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.live.LivePreview;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An epoch's live rows vanish in the same instant as its speed rows appear. */
class CommitBesideLiveITCase {
  private static final int EPOCHS = 20;
  private static final int EVENTS = 100;

  @TempDir private Path archive;

  @Test
  void noReaderSeesAnEpochTwiceOrNotAtAll() throws Exception {
    try (CommitLogFixture fixture = new CommitLogFixture(archive)) {
      CubeTables tables = CubeTables.of(fixture.pipeline, fixture.pipeline.cubes().get(0));
      String served =
          """
          SELECT (SELECT coalesce(sum(event_count), 0) FROM %s)
               + (SELECT coalesce(sum(l.event_count), 0)
                  FROM %s l JOIN weir.live_writer USING (writer), weir.head
                  WHERE l.base >= head.live_base)"""
              .formatted(tables.speedTable(), tables.liveTable());
      UUID writer = new UUID(1, 1);
      PostgresCommitLog log = fixture.job("job");
      log.claim(new Claim(Committable.NONE, 0, Start.WITHOUT_STATE));
      log.register(writer);
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<List<Long>> answers =
          CompletableFuture.supplyAsync(
              () -> {
                List<Long> seen = new ArrayList<>();
                while (!done.get()) {
                  seen.add(fixture.database.queryLong(served));
                }
                return seen;
              });
      UUID parent = Committable.NONE;
      try (LivePreview preview =
          LivePreview.open(
              writer, fixture.address(), fixture.pipeline, new UnregisteredMetricsGroup())) {
        for (long epoch = 1; epoch <= EPOCHS; epoch++) {
          List<SeriesDelta> deltas = new ArrayList<>();
          for (EpochPart part : new SampleEpoch(fixture.pipeline, epoch, EVENTS).parts()) {
            if (part instanceof SeriesDelta delta) {
              deltas.add(delta);
            }
          }
          preview.offer(epoch - 1, epoch, deltas);
          long expected = epoch * EVENTS;
          Awaitility.await()
              .atMost(Duration.ofMinutes(2))
              .until(() -> fixture.database.queryLong(served) == expected);
          Committable committable = fixture.committable("job", parent, epoch);
          log.commit(committable);
          assertThat(fixture.database.queryLong(served)).isEqualTo(expected);
          parent = committable.uuid();
        }
      } finally {
        done.set(true);
      }
      assertThat(answers.get()).isSorted().allMatch(answer -> answer % EVENTS == 0);
      assertThat(answers.get()).endsWith((long) EPOCHS * EVENTS);
    }
  }
}
