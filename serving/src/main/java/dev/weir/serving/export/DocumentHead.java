package dev.weir.serving.export;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * What is said about a document as a whole.
 *
 * @param title for a person to read
 * @param pipeline whose numbers these are
 * @param zone the times are shown in
 * @param from start of the range asked for
 * @param to its end, exclusive
 * @param writtenAt when the document was asked for
 * @param notes what a reader must know before anything else, each a sentence
 * @param report whether it is a report to read: then a summary comes first, otherwise the rows do
 */
public record DocumentHead(
    String title,
    String pipeline,
    ZoneId zone,
    Instant from,
    Instant to,
    Instant writtenAt,
    List<String> notes,
    boolean report) {
  public DocumentHead {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(writtenAt, "writtenAt");
    notes = List.copyOf(notes);
  }
}
