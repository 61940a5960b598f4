package dev.weir.local.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The key of a line: the value of one top-level field, so that resends of an event meet in one
 * partition. A line that is not JSON, or lacks the field, has no key.
 */
public final class RecordKey {
  private static final JsonFactory JSON = new JsonFactory();

  private final Optional<String> field;

  private RecordKey(Optional<String> field) {
    this.field = field;
  }

  /** No line has a key. */
  public static RecordKey none() {
    return new RecordKey(Optional.empty());
  }

  /** The event id's field of a JSON source, or else its first identifier's, if not nested. */
  public static RecordKey of(Pipeline pipeline, Source source) {
    if (source.format() != Source.Format.JSON) {
      return none();
    }
    Optional<String> id =
        Optional.ofNullable(source.fields().get("id")).or(() -> pipeline.event().id());
    Optional<String> identifier =
        pipeline.event().identifiers().stream()
            .findFirst()
            .map(f -> source.fields().getOrDefault(f.name(), f.path()));
    return new RecordKey(
        id.or(() -> identifier).filter(p -> !p.contains(".") && !p.startsWith("$")));
  }

  /** The key, or null. */
  byte[] of(byte[] line) {
    if (field.isEmpty()) {
      return null;
    }
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(field.get());
        JsonToken value = parser.nextToken();
        if (wanted && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          return parser.getText().getBytes(StandardCharsets.UTF_8);
        }
        parser.skipChildren();
      }
      return null;
    } catch (IOException e) {
      return null;
    }
  }
}
