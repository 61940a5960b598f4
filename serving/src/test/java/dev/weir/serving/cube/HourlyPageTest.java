package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.gzip.DeflatedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pages of random hours, and what they are when every row is listed. */
class HourlyPageTest {
  private static final int TRIES = 2_000;
  private static final int HOURS = 4;

  private final SplittableRandom random = new SplittableRandom(7);

  /** A row; its text has what stands between rows, as far as JSON allows it. */
  private record Line(int hour, int minute, byte finality, String json) {}

  @Test
  void haveTheRowsOfTheirRange() {
    for (int i = 0; i < TRIES; i++) {
      boolean descending = random.nextBoolean();
      List<Line> all = lines();
      int from = random.nextInt(HOURS * HourRows.MINUTES);
      int to = from + 1 + random.nextInt(HOURS * HourRows.MINUTES - from);
      int offset = random.nextInt(3) == 0 ? 0 : random.nextInt(all.size() + 5);
      int limit = 1 + random.nextInt(all.size() + 5);
      List<Line> inRange = new ArrayList<>(all.stream().filter(in(from, to)).toList());
      List<Integer> hours = new ArrayList<>(List.of(0, 1, 2, 3));
      if (descending) {
        Collections.reverse(all);
        Collections.reverse(inRange);
        Collections.reverse(hours);
      }

      HourlyPage page = new HourlyPage(descending, offset, limit);
      byte added = HourRows.NONE;
      for (int hour : hours) {
        if (page.needed() == 0) {
          break;
        }
        int first = clamped(from - hour * HourRows.MINUTES);
        int last = clamped(to - hour * HourRows.MINUTES);
        page.add(HourRows.of(rows(hour, all).bytes()), first, last);
        added = least(added, inRange.stream().filter(line -> line.hour() == hour).toList());
      }

      List<String> expected = inRange.stream().skip(offset).limit(limit).map(Line::json).toList();
      assertThat(text(page)).isEqualTo(String.join(",", expected));
      assertThat(page.more()).isEqualTo(inRange.size() > offset + limit);
      assertThat(page.finality()).isEqualTo(added);
    }
  }

  private static Predicate<Line> in(int from, int to) {
    return line -> {
      int at = line.hour() * HourRows.MINUTES + line.minute();
      return at >= from && at < to;
    };
  }

  private static int clamped(int minute) {
    return Math.max(0, Math.min(HourRows.MINUTES, minute));
  }

  private static byte least(byte before, List<Line> lines) {
    byte least = before;
    for (Line line : lines) {
      least = (byte) Math.max(least, line.finality());
    }
    return least;
  }

  private static String text(HourlyPage page) {
    return page.rows().stream()
        .map(part -> new String(part.text(), StandardCharsets.UTF_8))
        .collect(Collectors.joining(","));
  }

  /** In ascending order, some hours and many minutes without any. */
  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      boolean empty = random.nextInt(4) == 0;
      for (int minute = 0; minute < HourRows.MINUTES && !empty; minute += 1 + random.nextInt(9)) {
        for (int series = random.nextInt(3); series >= 0; series--) {
          String value =
              random.nextBoolean() ? "x},{" : "},{\\\"bucket\\\":\\\"é" + random.nextInt();
          lines.add(
              new Line(
                  hour,
                  minute,
                  (byte) random.nextInt(3),
                  "{\"bucket\":\"%d:%d\",\"dimensions\":{\"a\":\"%s\"}}"
                      .formatted(hour, minute, value)));
        }
      }
    }
    return lines;
  }

  private static HourRows rows(int hour, List<Line> all) {
    List<Line> its = all.stream().filter(line -> line.hour() == hour).toList();
    int[] counts = new int[HourRows.MINUTES];
    byte[] finality = new byte[HourRows.MINUTES];
    Arrays.fill(finality, HourRows.NONE);
    for (Line line : its) {
      counts[line.minute()]++;
      finality[line.minute()] = (byte) Math.max(finality[line.minute()], line.finality());
    }
    String json = its.stream().map(Line::json).collect(Collectors.joining(","));
    return new HourRows(counts, finality, DeflatedText.of(json.getBytes(StandardCharsets.UTF_8)));
  }
}
