package dev.weir.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.speed.MiniBatchOperator.Hold;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harness may throw anything when it closes
class MiniBatchOperatorTest {
  private final RandomEvents events = new RandomEvents(Declared.web("partition").pipeline(), 1);

  /** Tells the size of each batch, and of each event that it is the one that came in its turn. */
  private static final class Telling extends MiniBatchOperator<Event, String> {
    private static final long serialVersionUID = 1L;

    private final transient List<Event> came;
    private int told;

    Telling(Hold hold, List<Event> came) {
      super(Event.class, hold);
      this.came = came;
    }

    @Override
    protected void process(Event[] batch, int number) {
      for (int i = 0; i < number; i++) {
        assertThat(batch[i]).isSameAs(came.get(told++));
      }
      output.collect(new StreamRecord<>("batch of " + number));
    }

    @Override
    protected void endEpoch() {
      output.collect(new StreamRecord<>("end"));
    }
  }

  private final List<Event> came = new ArrayList<>();

  private OneInputStreamOperatorTestHarness<Event, String> open(Hold hold) throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<>(new Telling(hold, came));
    harness.setup(StringSerializer.INSTANCE);
    harness.open();
    return harness;
  }

  private void come(OneInputStreamOperatorTestHarness<Event, String> harness, int number)
      throws Exception {
    for (int i = 0; i < number; i++) {
      Event event = events.next();
      came.add(event);
      harness.processElement(new StreamRecord<>(event));
    }
  }

  private static void idle(OneInputStreamOperatorTestHarness<Event, String> harness)
      throws Exception {
    for (Mail mail : harness.getTaskMailbox().drain()) {
      mail.run();
    }
  }

  @Test
  void aBatchEndsWhenItIsFullOrTheTaskHasNothingElseToDo() throws Exception {
    try (var harness = open(Hold.WITHIN_INPUT)) {
      come(harness, MiniBatchOperator.SIZE - 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      come(harness, 2);
      assertThat(harness.extractOutputValues()).containsExactly("batch of 64");
      idle(harness);
      assertThat(harness.extractOutputValues()).containsExactly("batch of 64", "batch of 1");
      idle(harness);
      come(harness, 3);
      idle(harness);
      assertThat(harness.extractOutputValues())
          .containsExactly("batch of 64", "batch of 1", "batch of 3");
    }
  }

  @Test
  void orAfterMillisecondsWhateverElseThereIsToDo() throws Exception {
    try (var harness = open(Hold.MILLISECONDS)) {
      harness.setProcessingTime(100);
      come(harness, 3);
      assertThat(harness.getTaskMailbox().hasMail()).isFalse();
      harness.setProcessingTime(101);
      come(harness, 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(102);
      assertThat(harness.extractOutputValues()).containsExactly("batch of 4");

      come(harness, MiniBatchOperator.SIZE);
      assertThat(harness.extractOutputValues()).containsExactly("batch of 4", "batch of 64");
      come(harness, 2);
      harness.setProcessingTime(104);
      assertThat(harness.extractOutputValues())
          .containsExactly("batch of 4", "batch of 64", "batch of 2");
      harness.setProcessingTime(200);
      come(harness, 1);
      harness.prepareSnapshotPreBarrier(1);
      harness.setProcessingTime(202);
      assertThat(harness.extractOutputValues())
          .containsExactly("batch of 4", "batch of 64", "batch of 2", "batch of 1", "end");
    }
  }

  @Test
  void nothingIsHeldBackOverABarrierOrTheEndOfTheInput() throws Exception {
    try (var harness = open(Hold.WITHIN_INPUT)) {
      come(harness, 5);
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.extractOutputValues()).containsExactly("batch of 5", "end");
      harness.prepareSnapshotPreBarrier(2);
      come(harness, 2);
      harness.getOperator().finish();
      assertThat(harness.extractOutputValues())
          .containsExactly("batch of 5", "end", "end", "batch of 2", "end");
      idle(harness);
      assertThat(harness.extractOutputValues()).hasSize(5);
    }
  }

  @Test
  void oneByOneNothingIsHeldBackAndNoMailIsSent() throws Exception {
    try (var harness = open(Hold.NOT)) {
      come(harness, 2);
      assertThat(harness.extractOutputValues()).containsExactly("batch of 1", "batch of 1");
      assertThat(harness.getTaskMailbox().hasMail()).isFalse();
    }
  }
}
