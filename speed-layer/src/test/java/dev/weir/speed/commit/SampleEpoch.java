package dev.weir.speed.commit;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveFile.HourEntry;
import dev.weir.archive.ArchiveKind;
import dev.weir.db.RandomRows;
import dev.weir.event.DeadLetter;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.EpochPart.DeadLetterCount;
import dev.weir.speed.commit.EpochPart.DeadLetterSample;
import dev.weir.speed.commit.EpochPart.EventTimesSeen;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parts of an epoch of random events; the same seed gives the same parts. */
final class SampleEpoch {
  private final Pipeline pipeline;
  private final long seed;
  private final int events;

  SampleEpoch(Pipeline pipeline, long seed, int events) {
    this.pipeline = pipeline;
    this.seed = seed;
    this.events = events;
  }

  /** One aggregate per series of a cube. */
  Map<AggregateKey, MinuteAggregate> rows(int cube) {
    return RandomRows.of(pipeline, cube, new RandomEvents(pipeline, seed), events);
  }

  /** Deltas, counters and offsets; no files. */
  List<EpochPart> parts() {
    List<EpochPart> parts = new ArrayList<>();
    for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
      for (Map.Entry<AggregateKey, MinuteAggregate> row : rows(cube).entrySet()) {
        parts.add(new SeriesDelta(cube, row.getKey(), row.getValue()));
      }
    }
    parts.addAll(counters());
    return parts;
  }

  private List<EpochPart> counters() {
    RandomEvents random = new RandomEvents(pipeline, seed);
    Map<String, EpochPart> offsets = new TreeMap<>();
    long[] counted = new long[pipeline.sources().size()];
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < events; i++) {
      Event event = random.next();
      counted[event.source()]++;
      min = Math.min(min, event.timeMicros());
      max = Math.max(max, event.timeMicros());
      offsets.put(
          event.source() + event.topic() + event.partition(),
          new OffsetsAdvanced(
              event.source(),
              event.topic(),
              event.partition(),
              seed * 1_000_000 + event.offset() + 1));
    }
    List<EpochPart> parts = new ArrayList<>(offsets.values());
    for (int source = 0; source < counted.length; source++) {
      parts.add(new SourceCounters(source, counted[source] + 3, 0, 0, 1, 2));
      parts.add(new SourceCounters(source, 0, counted[source], 0, 0, 0));
    }
    parts.add(new EventTimesSeen(min, max));
    parts.add(new DeadLetterCount(0, RejectReason.BAD_TIME, 1));
    parts.add(new DeadLetterSample(letter(0, seed, "the time \"\0soon\" is no ISO-8601 time")));
    return parts;
  }

  static DeadLetter letter(int source, long offset, String detail) {
    byte[] raw = "{\"timestamp\":\"soon\"}".getBytes(StandardCharsets.UTF_8);
    return new DeadLetter(
        new RawRecord(source, "clicks", 1, offset, 1_790_000_000_000L, raw),
        RejectReason.BAD_TIME,
        detail);
  }

  /** Writes a file into the archive and lists it. */
  static FileWritten file(Path archive, String path, int bytes) throws IOException {
    Path file = archive.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    return new FileWritten(
        new ArchiveFile(
            path,
            bytes,
            5,
            List.of(
                new HourEntry(1_790_002_800_000L, 2, -7L),
                new HourEntry(1_790_006_400_000L, 3, 9L))),
        ArchiveKind.ARRIVALS);
  }
}
