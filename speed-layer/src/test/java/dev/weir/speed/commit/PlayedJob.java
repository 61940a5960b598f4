package dev.weir.speed.commit;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchivePaths;
import dev.weir.archive.ArchiveSchema;
import dev.weir.db.RandomRows;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import dev.weir.speed.commit.EpochPart.EventTimesSeen;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import dev.weir.speed.live.SteppedPreview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.parquet.io.LocalOutputFile;

/**
 * What a job does with the archive and the database, without Flink: its operators' output is made
 * of given events, its commit log and preview are the real ones. For tests in other modules.
 */
public final class PlayedJob {
  /** Shown in the ledger. */
  public static final String JOB_ID = "played-job";

  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final UUID WRITER = new UUID(7, 7);

  private final Pipeline pipeline;
  private final Path archive;
  private long attempt;

  /**
   * @param archive root of the archive
   */
  public PlayedJob(Pipeline pipeline, Path archive) {
    this.pipeline = pipeline;
    this.archive = archive;
  }

  /** An epoch that is ready to be committed. */
  public static final class Epoch {
    private final Committable committable;

    private Epoch(Committable committable) {
      this.committable = committable;
    }
  }

  /** Claims the empty log and registers the live writer. */
  public void start(DatabaseAddress database) throws Exception {
    PostgresCommitLog log = log(database);
    attempt = log.claim(new Claim(Committable.NONE, 0, Start.WITHOUT_STATE));
    log.register(WRITER);
    // Not closed: the job is alive.
    log.abort();
  }

  /**
   * Closes an epoch: writes its archive file and gathers what the operators would send.
   *
   * @param checkpoint its number; the epoch before it has the one before
   */
  public Epoch epoch(long checkpoint, List<Event> events) throws IOException {
    EpochGatherer epoch = new EpochGatherer(pipeline);
    deltas(events).forEach(epoch::add);
    epoch.add(write(checkpoint, events));
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (Event event : events) {
      epoch.add(new SourceCounters(event.source(), 1, 1, 0, 0, 0));
      epoch.add(
          new OffsetsAdvanced(
              event.source(), event.topic(), event.partition(), event.offset() + 1));
      min = Math.min(min, event.timeMicros());
      max = Math.max(max, event.timeMicros());
    }
    epoch.add(new EventTimesSeen(min, max));
    UUID parent = checkpoint == 1 ? Committable.NONE : uuid(checkpoint - 1);
    return new Epoch(epoch.toCommittable(uuid(checkpoint), parent, attempt, JOB_ID, checkpoint));
  }

  /** Commits an epoch as the job that has claimed the log. */
  public void commit(DatabaseAddress database, Epoch epoch)
      throws CommitRefusedException, InterruptedException {
    PostgresCommitLog log = log(database);
    try {
      log.commit(epoch.committable);
    } finally {
      log.close();
    }
  }

  /** A preview of its registered writer. */
  public SteppedPreview preview(DatabaseAddress database) {
    return new SteppedPreview(WRITER, database, pipeline);
  }

  /** What events add to the series of every cube. */
  public List<SeriesDelta> deltas(List<Event> events) {
    List<SeriesDelta> deltas = new ArrayList<>();
    for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
      Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
      for (Event event : events) {
        RandomRows.add(pipeline, cube, event, rows);
      }
      for (Map.Entry<AggregateKey, MinuteAggregate> row : rows.entrySet()) {
        deltas.add(new SeriesDelta(cube, row.getKey(), row.getValue()));
      }
    }
    return deltas;
  }

  private FileWritten write(long checkpoint, List<Event> events) throws IOException {
    String path =
        ArchivePaths.arrivals(Instant.ofEpochMilli(events.get(0).recordMillis()), uuid(checkpoint));
    Path file = archive.resolve(path);
    Files.createDirectories(file.getParent());
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(
            new LocalOutputFile(file), path, ArchiveKind.ARRIVALS, ArchiveSchema.of(pipeline));
    for (Event event : events) {
      writer.write(event);
    }
    return new FileWritten(writer.close(), ArchiveKind.ARRIVALS);
  }

  private PostgresCommitLog log(DatabaseAddress database) {
    return new PostgresCommitLog(database, pipeline, archive.toUri(), JOB_ID, LEASE);
  }

  private static UUID uuid(long checkpoint) {
    return new UUID(99, checkpoint);
  }
}
