package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.cube.Buckets.Edge;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void anEarlierHourThatDidNotExistHasNoMinutes() {
    Buckets earlier =
        buckets("2026-03-30T02:00:00+02:00", "2026-03-30T04:00:00+02:00")
            .moved(BucketsTest::dayBefore);

    // At 02:00 of the 29th it was 03:00, so that 02:00 to 03:00 of the 30th has nothing to be
    // compared with.
    assertThat(earlier.starts()).hasSize(120).isSorted();
    assertThat(earlier.starts().subList(0, 61)).containsOnly(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(earlier.starts().get(119)).isEqualTo("2026-03-29T01:59:00Z");
    assertThat(earlier.end()).isEqualTo("2026-03-29T02:00:00Z");
  }

  @Test
  void anEarlierHourThatHappenedTwiceIsComparedOnce() {
    Buckets shown = buckets("2026-10-26T01:00:00+01:00", "2026-10-26T04:00:00+01:00");

    List<Edge> edges = shown.moved(BucketsTest::dayBefore).edges(shown, Duration.ofMinutes(1));

    assertThat(edges).hasSize(181);
    assertThat(edges.get(59)).isEqualTo(edge("2026-10-24T23:59:00Z", "2026-10-26T00:59:00Z"));
    assertThat(edges.get(60)).isEqualTo(new Edge(Instant.parse("2026-10-25T00:00:00Z"), null));
    assertThat(edges.get(61)).isEqualTo(edge("2026-10-25T01:00:00Z", "2026-10-26T01:00:00Z"));
  }

  private static Edge edge(String at, String start) {
    return new Edge(Instant.parse(at), Instant.parse(start));
  }

  private static Buckets buckets(String from, String to) {
    return Buckets.of(
        Granularity.MINUTE,
        BERLIN,
        OffsetDateTime.parse(from).toInstant(),
        OffsetDateTime.parse(to).toInstant());
  }

  private static Instant dayBefore(Instant time) {
    return time.atZone(BERLIN).minusDays(1).toInstant();
  }
}
