package dev.weir.benchmark.peer.limit;

/**
 * Reads an event from its bytes in one pass. It knows these messages and no JSON beyond them: no
 * escapes, no white space, no nesting. Field names are told apart by first letter and length.
 */
final class EventScanner {
  private static final int ID = 1;
  private static final int TIME = 2;
  private static final int TYPE = 4;
  private static final int SEGMENT = 8;
  private static final int VALUE = 16;
  private static final int ALL = 31;

  private byte[] message;
  private int position;
  private int found;

  /** Reads the event, or returns false if the message is malformed. */
  boolean scan(byte[] json, ScannedEvent event) {
    message = json;
    position = 0;
    found = 0;
    if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
      return false;
    }
    event.message = json;
    try {
      return members(event) && found == ALL;
    } catch (ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  private boolean members(ScannedEvent event) {
    position = 1;
    while (message[position] != '}') {
      if (message[position] == ',') {
        position++;
      }
      if (message[position++] != '"') {
        return false;
      }
      int nameStart = position;
      while (message[position] != '"') {
        position++;
      }
      int name = name(message[nameStart], position - nameStart);
      position++;
      if (message[position++] != ':') {
        return false;
      }
      if (message[position] == '"') {
        if (!text(name, event)) {
          return false;
        }
      } else {
        event.value = number();
        found |= VALUE;
      }
    }
    return position == message.length - 1;
  }

  private static int name(int firstLetter, int length) {
    return firstLetter * 31 + length;
  }

  private boolean text(int name, ScannedEvent event) {
    int start = ++position;
    while (message[position] != '"') {
      if (message[position] == '\\') {
        return false;
      }
      position++;
    }
    int length = position - start;
    position++;
    switch (name) {
      case 'e' * 31 + 8 -> {
        return id(start, length, event);
      }
      case 't' * 31 + 9 -> {
        return time(start, length, event);
      }
      case 'e' * 31 + 10 -> {
        event.text(ScannedEvent.TYPE, start, length);
        event.type = SeriesNames.type(message, start, length);
        found |= TYPE;
        return event.type >= 0;
      }
      case 'u' * 31 + 12 -> {
        event.text(ScannedEvent.SEGMENT, start, length);
        event.segment = SeriesNames.segment(message, start, length);
        found |= SEGMENT;
        return event.segment >= 0;
      }
      case 's' * 31 + 6 -> event.text(ScannedEvent.SOURCE, start, length);
      case 'r' * 31 + 5 -> event.text(ScannedEvent.ROUTE, start, length);
      case 'u' * 31 + 7 -> event.text(ScannedEvent.USER, start, length);
      default -> {
        return true;
      }
    }
    return true;
  }

  private boolean id(int start, int length, ScannedEvent event) {
    if (length != 36) {
      return false;
    }
    event.idHigh = hex(start);
    event.idLow = hex(start + 18);
    found |= ID;
    return true;
  }

  /** Sixteen digits among eighteen letters: two hyphens are in each half of a UUID. */
  private long hex(int start) {
    long half = 0;
    for (int i = start; i < start + 18; i++) {
      int letter = message[i];
      if (letter != '-') {
        half = (half << 4) | (letter <= '9' ? letter - '0' : (letter | 32) - 'a' + 10);
      }
    }
    return half;
  }

  private boolean time(int start, int length, ScannedEvent event) {
    if (length != 24) {
      return false;
    }
    long day = EpochDays.of(digits(start, 4), digits(start + 5, 2), digits(start + 8, 2));
    event.millis =
        day * 86_400_000L
            + digits(start + 11, 2) * 3_600_000L
            + digits(start + 14, 2) * 60_000L
            + digits(start + 17, 2) * 1000L
            + digits(start + 20, 3);
    found |= TIME;
    return true;
  }

  private int digits(int start, int places) {
    int number = 0;
    for (int i = start; i < start + places; i++) {
      number = number * 10 + message[i] - '0';
    }
    return number;
  }

  private double number() {
    long digits = 0;
    int scale = 0;
    boolean point = false;
    for (byte letter = message[position];
        letter != ',' && letter != '}';
        letter = message[++position]) {
      if (letter == '.') {
        point = true;
      } else {
        digits = digits * 10 + letter - '0';
        if (point) {
          scale++;
        }
      }
    }
    return scale == 2 ? digits / 100.0 : digits / Math.pow(10, scale);
  }
}
