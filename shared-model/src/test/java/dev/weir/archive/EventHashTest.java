package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventHashTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final EventHash HASH = new EventHash(ArchiveSchema.of(PIPELINE));
  private static final String[] DIMENSIONS = {"a", "b", null, "", "c"};
  private static final String[] IDENTIFIERS = {"u", null};

  @Test
  void everyFieldCounts() {
    Map<String, Long> hashes = new HashMap<>();
    hashes.put("same", hash("t", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("topic", hash("T", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("partition", hash("t", 9, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("offset", hash("t", 1, 9, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("record time", hash("t", 1, 2, 9, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("id", hash("t", 1, 2, 3, "ID", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("no id", hash("t", 1, 2, 3, null, 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("empty id", hash("t", 1, 2, 3, "", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("event time", hash("t", 1, 2, 3, "id", 9, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    hashes.put("number", hash("t", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 9, 6, 3));
    hashes.put("numbers swapped", hash("t", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 6, 5, 3));
    hashes.put("number absent", hash("t", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 0, 1));
    hashes.put("number zero", hash("t", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 0, 3));
    hashes.put("fields swapped", hash("t", 2, 1, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3));
    String[][] others = {
      {"b", "a", null, "", "c"}, {"a", "b", "", null, "c"}, {"ab", "", null, "", "c"},
      {"a", "b", null, null, "c"}, {"a", "b", null, "", null}, {"a", "b", null, "", "c\0"}
    };
    for (String[] dimensions : others) {
      hashes.put(
          String.join("|", dimensions),
          hash("t", 1, 2, 3, "id", 4, dimensions, IDENTIFIERS, 5, 6, 3));
    }
    hashes.put(
        "identifiers", hash("t", 1, 2, 3, "id", 4, DIMENSIONS, new String[] {null, "u"}, 5, 6, 3));
    hashes.put(
        "source", HASH.of(event("t", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3), "x"));
    assertThat(new HashSet<>(hashes.values())).as("%s", hashes).hasSameSizeAs(hashes.keySet());
  }

  @Test
  void exchangingAFieldBetweenTwoRowsChangesTheSum() {
    long straight =
        hash("t", 1, 2, 3, "x", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3)
            + hash("t", 1, 3, 3, "y", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3);
    long crossed =
        hash("t", 1, 3, 3, "x", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3)
            + hash("t", 1, 2, 3, "y", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3);
    assertThat(straight).isNotEqualTo(crossed);
  }

  @Test
  void manyEventsHashApart() {
    RandomEvents events = new RandomEvents(PIPELINE, 5).duplicateShare(0.5);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      Event event = events.next();
      assertThat(seen.add(HASH.of(event, "clicks"))).isTrue();
    }
  }

  /** Stored sums are compared with ones computed by later versions. */
  @Test
  void neverChanges() {
    assertThat(hash("t", 1, 2, 3, "id", 4, DIMENSIONS, IDENTIFIERS, 5, 6, 3))
        .isEqualTo(3_751_370_025_875_960_765L);
  }

  private static long hash(
      String topic,
      int partition,
      long offset,
      long recordMillis,
      String id,
      long timeMicros,
      String[] dimensions,
      String[] identifiers,
      long first,
      long second,
      long present) {
    return HASH.of(
        event(
            topic,
            partition,
            offset,
            recordMillis,
            id,
            timeMicros,
            dimensions,
            identifiers,
            first,
            second,
            present),
        "clicks");
  }

  private static Event event(
      String topic,
      int partition,
      long offset,
      long recordMillis,
      String id,
      long timeMicros,
      String[] dimensions,
      String[] identifiers,
      long first,
      long second,
      long present) {
    return new Event(
        0,
        topic,
        partition,
        offset,
        recordMillis,
        id,
        timeMicros,
        dimensions,
        identifiers,
        new long[] {first, second},
        present);
  }

  @Test
  void aTextsBytesGiveItsTerm() {
    for (String text :
        List.of("", "a", "abcd", "7f00-ascii", "é", "abcé", "abcdé", "日本語", "ab😀")) {
      byte[] utf8 = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
      assertThat(EventHash.utf8(42, utf8, 1, utf8.length - 2)).isEqualTo(EventHash.text(42, text));
    }
  }
}
