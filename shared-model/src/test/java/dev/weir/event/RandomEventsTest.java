package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.pipeline.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomEventsTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();

  @Test
  void sameSeedGivesTheSameEvents() {
    assertThat(new RandomEvents(PIPELINE, 9).list(500))
        .usingRecursiveComparison()
        .isEqualTo(new RandomEvents(PIPELINE, 9).list(500));
  }

  @Test
  void hasDuplicatesLateEventsAndNulls() {
    List<Event> events = new RandomEvents(PIPELINE, 1).list(2000);
    assertThat(events.stream().map(Event::id).distinct()).hasSizeBetween(1800, 1950);
    assertThat(events).anyMatch(e -> e.timeMicros() / 1000 < e.recordMillis() - 86_400_000);
    assertThat(events).anyMatch(e -> e.dimensions()[1] == null);
    assertThat(events).anyMatch(e -> e.numbersPresent() == 0);
  }

  @Test
  void recordsDecodeToTheirEvents() {
    RandomEvents events = new RandomEvents(PIPELINE, 2);
    EventDecoder[] decoders = {
      EventDecoders.forSource(PIPELINE, 0), EventDecoders.forSource(PIPELINE, 1)
    };
    for (Event event : events.list(2000)) {
      DecodeResult result = decoders[event.source()].decode(events.record(event));
      assertThat(result).usingRecursiveComparison().isEqualTo(new DecodeResult.Decoded(event));
    }
  }
}
