package dev.weir.speed.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DeadLetter;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.speed.Declared;
import dev.weir.speed.source.RawRecordSerializer;
import dev.weir.speed.source.WireSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {
  private static <T> T throughTheWire(WireSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataOutputSerializer copy = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  @Test
  void eventsArriveAsTheyLeft() throws IOException {
    RandomEvents events = new RandomEvents(Declared.web("topic").pipeline(), 1);
    for (int i = 0; i < 2_000; i++) {
      Event event = events.next();
      assertThat(throughTheWire(new EventSerializer(), event))
          .usingRecursiveComparison()
          .isEqualTo(event);
    }
    for (String id : new String[] {"", "größe", "日本😀"}) {
      Event odd =
          new Event(
              0, "t", 0, 0, 0, id, 1, new String[] {id}, new String[] {null, id}, new long[0], 0);
      Event read = throughTheWire(new EventSerializer(), odd);
      assertThat(read).usingRecursiveComparison().isEqualTo(odd);
      assertThat(read.id()).isEqualTo(id);
    }
    Event bare = new Event(0, "t", 0, 0, 0, null, -1, new String[0], new String[0], new long[0], 0);
    assertThat(throughTheWire(new EventSerializer(), bare))
        .usingRecursiveComparison()
        .isEqualTo(bare);
  }

  @Test
  void rawRecordsAndDeadLettersArriveAsTheyLeft() throws IOException {
    for (byte[] value : new byte[][] {null, {}, {0, -1, 5}}) {
      RawRecord record = new RawRecord(1, "orders", 7, Long.MAX_VALUE, -5, value);
      assertThat(throughTheWire(new RawRecordSerializer(), record))
          .usingRecursiveComparison()
          .isEqualTo(record);
      DeadLetter letter = new DeadLetter(record, RejectReason.TOO_LARGE, "zu groß");
      assertThat(throughTheWire(new DeadLetterSerializer(), letter))
          .usingRecursiveComparison()
          .isEqualTo(letter);
    }
  }
}
