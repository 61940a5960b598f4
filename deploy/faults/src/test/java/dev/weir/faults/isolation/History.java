package dev.weir.faults.isolation;

import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.PlayedJob;
import dev.weir.speed.commit.PlayedJob.Epoch;
import dev.weir.speed.live.SteppedPreview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Three commits, the first two absorbed by a run of the batch layer each, and the epoch that comes
 * next: ready to be committed, and previewed in two flushes. All meet in one busy event hour and
 * its series; one hour is old, and one lies in a day that has no partition yet.
 */
final class History {
  private static final Instant OLD = Instant.parse("1990-01-01T05:00:00Z");
  private static final Instant BUSY = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant NEW_DAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final long EPOCH = 4;

  /** A time for retention that the old hour alone has outlived, until the year 2050. */
  static final String RETENTION = "retention: {archive: 9000d}\n";

  private final PlayedJob job;
  private final List<List<Event>> commits = new ArrayList<>();
  private final List<Event> epoch;
  private final List<Event> after;
  private Epoch next;
  private long offset;

  History(PlayedJob job, Pipeline pipeline) {
    if (pipeline.sources().size() != 1) {
      throw new IllegalArgumentException("one source is played");
    }
    this.job = job;
    commits.add(together(List.of(events(OLD, 3), events(BUSY, 4))));
    commits.add(together(List.of(events(OLD, 1), events(BUSY, 4))));
    commits.add(events(BUSY, 4));
    this.epoch = together(List.of(events(BUSY, 3), events(OLD, 2), events(NEW_DAY, 2)));
    this.after = events(BUSY, 2);
  }

  /** Plays the commits and runs, and prepares the epoch. */
  void play(Stage stage) throws Exception {
    job.start(stage.address(stage.directUrl()));
    for (int commit = 1; commit <= commits.size(); commit++) {
      Epoch closed = job.epoch(commit, commits.get(commit - 1));
      job.commit(stage.address(stage.directUrl()), closed);
      if (commit < commits.size()) {
        Outcome run =
            stage.batch().run(stage, stage.declaration(), stage.directUrl(), List.of("run"));
        if (run.refused()) {
          throw new IllegalStateException("no run after commit " + commit + ": " + run.message());
        }
      }
    }
    next = job.epoch(EPOCH, epoch);
  }

  /** Commits the epoch. */
  void commit(Stage stage, String database) throws Exception {
    job.commit(stage.address(database), next);
  }

  /** Previews the epoch: first part of it, then all of it and the beginning of the one after it. */
  void preview(Stage stage, String database) throws Exception {
    try (SteppedPreview preview = job.preview(stage.address(database))) {
      preview.flush(EPOCH - 1, job.deltas(epoch.subList(0, 3)));
      preview.offer(EPOCH - 1, job.deltas(epoch));
      preview.flush(EPOCH, job.deltas(after));
    }
  }

  /**
   * How many events are to be served.
   *
   * @param commit the head
   * @param preview (base/seq) of the rows shown that are not committed
   */
  long served(long commit, String preview) {
    long events = commits.stream().limit(commit).mapToLong(List::size).sum();
    if (commit >= EPOCH) {
      events += epoch.size();
    }
    Long shown =
        Map.of(
                "",
                0L,
                "3/1",
                3L,
                "3/2 4/3",
                (long) epoch.size() + after.size(),
                "4/3",
                (long) after.size())
            .get(preview);
    if (shown == null) {
      throw new AssertionError("the preview shows rows of different flushes: " + preview);
    }
    return events + shown;
  }

  /** A pattern of the paths of the busy hour's compacted files. */
  String busyCompaction() {
    return "hours/.*2026-03-01.*10.*\\.parquet";
  }

  private static List<Event> together(List<List<Event>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  /** Few minutes and few series, so that events meet. */
  private List<Event> events(Instant hour, int number) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      long time = hour.toEpochMilli() + 60_000L * (i % 2) + offset;
      events.add(
          new Event(
              0,
              "clicks",
              (int) (offset % 2),
              offset,
              BUSY.toEpochMilli(),
              "event-" + offset,
              1000 * time,
              new String[] {"route-" + offset % 2, "segment-" + i % 3},
              new String[] {"user-" + offset % 5},
              new long[] {100 * offset},
              1));
      offset++;
    }
    return events;
  }
}
