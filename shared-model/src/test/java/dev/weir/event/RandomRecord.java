package dev.weir.event;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes JSON objects for {@link JsonPropertyTest}: mostly valid events, their keys in any order,
 * with strange white space, escapes and undeclared fields, and now and then with something wrong.
 */
final class RandomRecord {
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t\r\n  "};
  private static final String[] CHARACTERS = {
    "a",
    "b",
    "Z",
    "0",
    " ",
    "é",
    "€",
    "😀",
    "/",
    "\\/",
    "\\\"",
    "\\\\",
    "\\n",
    "\\t",
    "\\b",
    "\\f",
    "\\r",
    "\\u0041",
    "\\u00e9",
    "\\u20AC",
    "\\ud83d\\ude00",
    "\\u001f",
    "\u007f",
    "quite plain"
  };

  private final SplittableRandom random;

  RandomRecord(SplittableRandom random) {
    this.random = random;
  }

  String write() {
    List<String> members = new ArrayList<>();
    add(members, "id", oneIn(40) ? anything(0) : idText());
    add(members, "kind", oneIn(40) ? anything(0) : text());
    add(members, "value", oneIn(40) ? anything(0) : number());
    add(members, "r", oneIn(40) ? anything(0) : number());
    List<String> at = new ArrayList<>();
    add(at, "time", oneIn(40) ? anything(0) : time());
    add(at, "user", oneIn(40) ? anything(0) : whole());
    members.add(member("at", object(at)));
    if (oneIn(4)) {
      add(members, "geo", oneIn(2) ? text() : "null");
    } else if (oneIn(40)) {
      members.add(member("geo", object(List.of(member("country", text())))));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      members.add(member(oneIn(2) ? "other" : "x" + i, anything(0)));
    }
    return space() + object(members) + space();
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private void add(List<String> members, String key, String value) {
    if (!oneIn(50)) {
      members.add(member(key, value));
    }
    if (oneIn(100)) {
      members.add(member(key, value));
    }
  }

  private String member(String key, String value) {
    String written =
        oneIn(20) ? "\\u00" + Integer.toHexString(key.charAt(0)) + key.substring(1) : key;
    return "\"" + written + "\"" + space() + ":" + space() + value;
  }

  private String object(List<String> members) {
    List<String> shuffled = new ArrayList<>();
    for (String member : members) {
      shuffled.add(random.nextInt(shuffled.size() + 1), space() + member + space());
    }
    return "{" + (shuffled.isEmpty() ? space() : String.join(",", shuffled)) + "}";
  }

  private String space() {
    return SPACES[random.nextInt(SPACES.length)];
  }

  private String idText() {
    return oneIn(3) ? whole() : "\"e" + random.nextInt(1_000) + "\"";
  }

  private String text() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    if (oneIn(100)) {
      text.append("é\\u00e9".repeat(255 + random.nextInt(3))).append("abcd", 0, random.nextInt(5));
    }
    if (oneIn(100)) {
      text.append(
          new String[] {"\\u0000", "\\ud800", "\\udc00", "\\udc00\\ud800"}[random.nextInt(4)]);
    }
    return text.append('"').toString();
  }

  private String whole() {
    return (oneIn(4) ? "-" : "") + random.nextLong(1L << random.nextInt(1, 62));
  }

  private String number() {
    String number = (oneIn(3) ? "-" : "") + random.nextInt(oneIn(20) ? 2_000 : 1_000);
    if (oneIn(2)) {
      number += "." + random.nextInt(oneIn(20) ? 1_000 : 10) + "0".repeat(random.nextInt(3));
    }
    return oneIn(10) ? number + "e" + (random.nextInt(5) - 2) : number;
  }

  private String time() {
    if (oneIn(50)) {
      return new String[] {
            "\"1969-12-31T23:59:59.999999Z\"",
            "\"2200-01-01T00:00:00Z\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-02-28 \"",
            "1767225599"
          }
          [random.nextInt(5)];
    }
    String fraction = oneIn(2) ? "." + random.nextInt(1_000) : "";
    String offset = new String[] {"Z", "+01:00", "-11:30"}[random.nextInt(3)];
    return String.format(
        "\"20%02d-%02d-%02dT%02d:%02d:%02d%s%s\"",
        random.nextInt(100),
        1 + random.nextInt(12),
        1 + random.nextInt(28),
        random.nextInt(24),
        random.nextInt(60),
        random.nextInt(60),
        fraction,
        offset);
  }

  private String anything(int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> text();
      case 1 -> number();
      case 2 -> whole();
      case 3 -> "true";
      case 4 -> "false";
      case 5 -> "null";
      case 6 -> object(List.of(member("kind", anything(depth + 1)), member("id", text())));
      default -> "[" + space() + anything(depth + 1) + "," + anything(depth + 1) + "]";
    };
  }
}
