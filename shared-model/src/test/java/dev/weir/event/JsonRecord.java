package dev.weir.event;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes a JSON object whose fields are given by dotted path; enough for test records. */
final class JsonRecord {
  private final Map<String, Object> fields = new TreeMap<>();

  /** A text; null is written as JSON's null. */
  void text(String path, String value) {
    put(path, value == null ? "null" : quoted(value));
  }

  void number(String path, long unscaled, int scale) {
    put(path, BigDecimal.valueOf(unscaled, scale).toPlainString());
  }

  @SuppressWarnings("unchecked")
  private void put(String path, String json) {
    Map<String, Object> object = fields;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      object = (Map<String, Object>) object.computeIfAbsent(names[i], name -> new TreeMap<>());
    }
    object.put(names[names.length - 1], json);
  }

  @Override
  public String toString() {
    return object(fields);
  }

  @SuppressWarnings("unchecked")
  private static String object(Map<String, Object> fields) {
    StringBuilder json = new StringBuilder("{");
    fields.forEach(
        (name, value) ->
            json.append(json.length() > 1 ? "," : "")
                .append(quoted(name))
                .append(':')
                .append(value instanceof Map ? object((Map<String, Object>) value) : value));
    return json.append('}').toString();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        json.append('\\').append(unit);
      } else if (unit < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      } else {
        json.append(unit);
      }
    }
    return json.append('"').toString();
  }
}
