package dev.weir.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * Where each canonical field stands in the records of one source: the {@code event} declaration
 * with the source's own {@code fields} laid over it.
 *
 * @param id empty where (topic, partition, offset) identifies an event
 * @param dimensions one path per declared dimension, same order; so are the other two
 */
public record SourceFields(
    Optional<String> id,
    String time,
    List<String> dimensions,
    List<String> identifiers,
    List<String> numbers) {

  /** The path that gives the source's name instead of a field of the record. */
  public static final String SOURCE_NAME = "$source";

  /** The path of an id that says: this source has none, the origin is the identity. */
  public static final String ORIGIN = "$origin";

  public SourceFields {
    dimensions = List.copyOf(dimensions);
    identifiers = List.copyOf(identifiers);
    numbers = List.copyOf(numbers);
  }

  /** The paths for a source. */
  public static SourceFields of(EventSchema event, Source source) {
    boolean accessLog = source.format() == Source.Format.ACCESS_LOG;
    // A log line has a time of its own and no id, whatever the other sources' records call theirs.
    String time = accessLog ? AccessLogField.TIME.path() : event.time();
    Optional<String> id = accessLog ? Optional.empty() : event.id();
    String declaredId = source.fields().get(FieldNames.ID);
    if (declaredId != null) {
      id = Optional.of(declaredId).filter(path -> !path.equals(ORIGIN));
    }
    return new SourceFields(
        id,
        source.fields().getOrDefault(FieldNames.TIME, time),
        event.dimensions().stream().map(f -> path(source, f.name(), f.path())).toList(),
        event.identifiers().stream().map(f -> path(source, f.name(), f.path())).toList(),
        event.numbers().stream().map(f -> path(source, f.name(), f.path())).toList());
  }

  private static String path(Source source, String name, String path) {
    return source.fields().getOrDefault(name, path);
  }
}
