package dev.weir.batch.read;

import dev.weir.archive.ArchivedEvent;
import dev.weir.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Packs archived events into {@link PackedRow rows}. Reuses its buffer; not thread safe. Hot path:
 * texts are encoded straight into the buffer.
 */
final class RowPacker {
  private byte[] buffer = new byte[1024];
  private int length;

  /** Packs one event; the result stands in {@link #bytes()} until the next call. */
  void pack(ArchivedEvent archived, long rowHash, long duplicateKey) {
    Event event = archived.event();
    long[] numbers = event.numbers();
    length = PackedRow.NUMBERS + Long.BYTES * numbers.length;
    ensure(0);
    PackedRow.putLong(buffer, PackedRow.COMMIT, archived.commit());
    PackedRow.putLong(buffer, PackedRow.TIME_MICROS, event.timeMicros());
    PackedRow.putLong(buffer, PackedRow.OFFSET, event.offset());
    PackedRow.putInt(buffer, PackedRow.PARTITION, event.partition());
    PackedRow.putLong(buffer, PackedRow.RECORD_MILLIS, event.recordMillis());
    PackedRow.putLong(buffer, PackedRow.NUMBERS_PRESENT, event.numbersPresent());
    PackedRow.putLong(buffer, PackedRow.ROW_HASH, rowHash);
    PackedRow.putLong(buffer, PackedRow.DUPLICATE_KEY, duplicateKey);
    for (int i = 0; i < numbers.length; i++) {
      PackedRow.putLong(buffer, PackedRow.NUMBERS + Long.BYTES * i, numbers[i]);
    }
    put(archived.sourceName());
    put(event.topic());
    put(event.id());
    for (String dimension : event.dimensions()) {
      put(dimension);
    }
    for (String identifier : event.identifiers()) {
      put(identifier);
    }
    PackedRow.putInt(buffer, 0, length - Integer.BYTES);
  }

  byte[] bytes() {
    return buffer;
  }

  int length() {
    return length;
  }

  private void put(String text) {
    if (text == null) {
      ensure(2);
      PackedRow.putLength(buffer, length, PackedRow.NULL_TEXT);
      length += 2;
      return;
    }
    int chars = text.length();
    ensure(2 + chars);
    int at = length + 2;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putEncoded(text);
        return;
      }
      buffer[at + i] = (byte) c;
    }
    finishText(chars);
  }

  private void putEncoded(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ensure(2 + utf8.length);
    System.arraycopy(utf8, 0, buffer, length + 2, utf8.length);
    finishText(utf8.length);
  }

  private void finishText(int bytes) {
    if (bytes >= PackedRow.NULL_TEXT) {
      throw new IllegalArgumentException(
          "a text of " + bytes + " bytes does not fit a row; the archive's writer allows fewer");
    }
    PackedRow.putLength(buffer, length, bytes);
    length += 2 + bytes;
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
  }
}
