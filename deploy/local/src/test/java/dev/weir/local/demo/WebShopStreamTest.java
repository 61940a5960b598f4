package dev.weir.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.local.demo.WebShopStream.Kind;
import dev.weir.local.demo.WebShopStream.Line;
import dev.weir.local.demo.WebShopStream.Shape;
import dev.weir.local.runtime.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebShopStreamTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final int LINES = 100_000;

  @Test
  void sameSeedGivesSameLines() {
    assertThat(lines(7, 5_000)).isEqualTo(lines(7, 5_000)).isNotEqualTo(lines(8, 5_000));
  }

  @Test
  void mixesAsItSays() {
    WebShopStream stream = stream(1);
    Stream.generate(stream::next).limit(LINES).forEach(l -> {});
    WebShopTotals totals = stream.totals();
    assertThat(totals.lines()).isEqualTo(LINES);
    assertThat(totals.valid() + totals.duplicates() + totals.malformed()).isEqualTo(LINES);
    assertThat(totals.duplicates()).isBetween(900L, 1_100L);
    assertThat(totals.malformed()).isBetween(70L, 130L);
    assertThat(totals.late()).isBetween(1_850L, 2_150L);
  }

  @Test
  void totalsAreThoseOfTheDifferentValidLines() {
    WebShopStream stream = stream(2);
    Set<String> ids = new HashSet<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (Line line : Stream.generate(stream::next).limit(20_000).toList()) {
      if (line.kind() == Kind.MALFORMED) {
        continue;
      }
      JsonNode event = Json.parse(line.text());
      boolean isNew = ids.add(event.get("event_id").asText());
      assertThat(isNew).isEqualTo(line.kind() != Kind.DUPLICATE);
      if (isNew) {
        sum = sum.add(new BigDecimal(event.get("value").asText()));
      }
    }
    assertThat(ids).hasSize((int) stream.totals().valid());
    assertThat(sum).isEqualByComparingTo(BigDecimal.valueOf(stream.totals().cents(), 2));
  }

  @Test
  void lateEventsAreMinutesToHoursOld() {
    WebShopStream stream = stream(3);
    int late = 0;
    for (int i = 0; i < 20_000; i++) {
      Line line = stream.next();
      if (line.kind() == Kind.LATE || line.kind() == Kind.ON_TIME) {
        Instant time = Instant.parse(Json.parse(line.text()).get("timestamp").asText());
        Duration age = Duration.between(time, START.plusMillis(i));
        boolean isLate = age.compareTo(Duration.ofMinutes(2)) >= 0;
        assertThat(isLate).isEqualTo(line.kind() == Kind.LATE);
        assertThat(age).isLessThan(Duration.ofHours(6).plusMillis(2));
        late += isLate ? 1 : 0;
      }
    }
    assertThat(late).isPositive();
  }

  @Test
  void linesAreAboutTwoHundredBytes() {
    double mean =
        Stream.generate(stream(4)::next)
            .limit(20_000)
            .mapToInt(l -> l.bytes().length)
            .average()
            .orElse(0);
    assertThat(mean).isBetween(195.0, 225.0);
  }

  private static List<Line> lines(long seed, int count) {
    WebShopStream stream = stream(seed);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(stream.next());
    }
    return lines;
  }

  private static WebShopStream stream(long seed) {
    return new WebShopStream(seed, START, Shape.usual(1_000));
  }
}
