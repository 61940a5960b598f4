package dev.weir.serving.export;

import java.util.ArrayList;
import java.util.List;

/** Reads RFC 4180, a character after the other; a field that is empty without quotes is null. */
final class CsvLines {
  private CsvLines() {}

  static List<List<String>> read(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (inside) {
        if (character != '"') {
          field.append(character);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          inside = false;
        }
      } else if (character == '"') {
        inside = true;
        quoted = true;
      } else if (character == ',' || character == '\n') {
        line.add(field.isEmpty() && !quoted ? null : field.toString());
        field.setLength(0);
        quoted = false;
        if (character == '\n') {
          lines.add(line);
          line = new ArrayList<>();
        }
      } else if (character != '\r') {
        field.append(character);
      }
    }
    return lines;
  }
}
