package dev.weir.batch;

import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.archive.EventHash;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;

/** Archived events for the tests of single packages. */
public final class SampleEvents {
  private static final EventHash HASH = new EventHash(ArchiveSchema.of(pipeline()));

  private SampleEvents() {}

  /** The pipeline they belong to. */
  public static Pipeline pipeline() {
    return TestPipelines.web().pipeline();
  }

  /** Seeded events of several hours, of three commits. */
  public static List<ArchivedEvent> archived(int count) {
    return new EventStream(11)
        .events(count, Instant.parse("2026-03-01T12:10:00Z")).stream()
            .map(event -> archived(event, 1 + event.offset() % 3))
            .toList();
  }

  /** An event as archived by a commit. */
  public static ArchivedEvent archived(Event event, long commit) {
    String source = pipeline().sources().get(event.source()).name();
    return new ArchivedEvent(event, source, commit, HASH.of(event, source));
  }

  /** An event that differs from others only in what is given. */
  public static Event event(String id, long timeMicros, int partition, long offset) {
    return new Event(
        0,
        "clicks",
        partition,
        offset,
        0,
        id,
        timeMicros,
        new String[4],
        new String[2],
        new long[2],
        0);
  }
}
