package dev.weir.archive;

import dev.weir.event.Event;
import java.util.Objects;

/**
 * An event with what the archive knows besides.
 *
 * @param event its {@code source} is -1 where the pipeline no longer declares that source
 * @param sourceName as stored; compare sources by it
 * @param commit the commit that archived it; 0 in files under {@code arrivals/}, whose manifest
 *     entry names the commit
 * @param storedHash hash of the row as it stands in the file, with columns that the pipeline no
 *     longer declares: the manifest's sums are made of these. Equal to {@link EventHash#of} where
 *     file and pipeline declare the same columns. The writer ignores it and computes its own.
 */
public record ArchivedEvent(Event event, String sourceName, long commit, long storedHash) {
  public ArchivedEvent {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(sourceName, "sourceName");
  }

  /** The same event, known to come from that commit. */
  public ArchivedEvent ofCommit(long number) {
    return new ArchivedEvent(event, sourceName, number, storedHash);
  }
}
