package dev.weir.benchmark.stream;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Writes events as JSON into one reused buffer: the generator must outrun what it measures. */
final class WebShopJson {
  private static final int LONGEST = 512;
  private static final String HEX = "0123456789abcdef";
  private static final long DAY_MILLIS = 86_400_000;

  private final byte[] buffer = new byte[LONGEST];
  private int end;
  private long day = Long.MIN_VALUE;
  private String date = "";

  byte[] write(
      long idHigh,
      long idLow,
      long eventMillis,
      String source,
      String type,
      String segment,
      String route,
      String user,
      long valueCents) {
    end = 0;
    text("{\"event_id\":\"");
    uuid(idHigh, idLow);
    text("\",\"timestamp\":\"");
    timestamp(eventMillis);
    text("\",\"source\":\"");
    text(source);
    text("\",\"event_type\":\"");
    text(type);
    text("\",\"user_segment\":\"");
    text(segment);
    text("\",\"route\":\"");
    text(route);
    text("\",\"user_id\":\"");
    text(user);
    text("\",\"value\":");
    text(Long.toString(valueCents / 100));
    buffer[end++] = '.';
    digits(valueCents % 100, 2);
    buffer[end++] = '}';
    return Arrays.copyOf(buffer, end);
  }

  private void text(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      buffer[end++] = (byte) ascii.charAt(i);
    }
  }

  private void uuid(long high, long low) {
    for (int i = 0; i < 32; i++) {
      if (i == 8 || i == 12 || i == 16 || i == 20) {
        buffer[end++] = '-';
      }
      long half = i < 16 ? high : low;
      buffer[end++] = (byte) HEX.charAt((int) (half >>> (60 - 4 * (i % 16))) & 15);
    }
  }

  private void timestamp(long millis) {
    if (Math.floorDiv(millis, DAY_MILLIS) != day) {
      day = Math.floorDiv(millis, DAY_MILLIS);
      date = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC) + "T";
    }
    long rest = Math.floorMod(millis, DAY_MILLIS);
    text(date);
    digits(rest / 3_600_000, 2);
    buffer[end++] = ':';
    digits(rest / 60_000 % 60, 2);
    buffer[end++] = ':';
    digits(rest / 1000 % 60, 2);
    buffer[end++] = '.';
    digits(rest % 1000, 3);
    buffer[end++] = 'Z';
  }

  private void digits(long number, int places) {
    long rest = number;
    for (int i = places - 1; i >= 0; i--) {
      buffer[end + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += places;
  }
}
