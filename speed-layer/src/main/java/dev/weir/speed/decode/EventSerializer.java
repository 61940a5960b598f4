package dev.weir.speed.decode;

import dev.weir.event.Event;
import dev.weir.speed.source.WireSerializer;
import dev.weir.speed.source.WireType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Origin, id, time, then each array with its length; only numbers that are present are written.
 * Crosses the network where duplicates are looked for in the whole topic.
 */
public final class EventSerializer extends WireSerializer<Event> {
  private static final long serialVersionUID = 1L;

  private static final String[] NONE = {};

  /** Flink's description of events. */
  public static final TypeInformation<Event> TYPE =
      new WireType<>(Event.class, new EventSerializer());

  @Override
  public void serialize(Event event, DataOutputView target) throws IOException {
    target.writeShort(event.source());
    StringValue.writeString(event.topic(), target);
    target.writeInt(event.partition());
    target.writeLong(event.offset());
    target.writeLong(event.recordMillis());
    StringValue.writeString(event.id(), target);
    target.writeLong(event.timeMicros());
    writeTexts(event.dimensions(), target);
    writeTexts(event.identifiers(), target);
    long[] numbers = event.numbers();
    long present = event.numbersPresent();
    target.writeByte(numbers.length);
    target.writeLong(present);
    for (int i = 0; i < numbers.length; i++) {
      if (((present >>> i) & 1) != 0) {
        target.writeLong(numbers[i]);
      }
    }
  }

  @Override
  public Event deserialize(DataInputView from) throws IOException {
    int source = from.readShort();
    String topic = StringValue.readString(from);
    int partition = from.readInt();
    long offset = from.readLong();
    long recordMillis = from.readLong();
    String id = StringValue.readString(from);
    long timeMicros = from.readLong();
    String[] dimensions = readTexts(from);
    String[] identifiers = readTexts(from);
    long[] numbers = new long[from.readByte()];
    long present = from.readLong();
    for (int i = 0; i < numbers.length; i++) {
      if (((present >>> i) & 1) != 0) {
        numbers[i] = from.readLong();
      }
    }
    return new Event(
        source,
        topic,
        partition,
        offset,
        recordMillis,
        id,
        timeMicros,
        dimensions,
        identifiers,
        numbers,
        present);
  }

  private static void writeTexts(String[] texts, DataOutputView target) throws IOException {
    target.writeShort(texts.length);
    for (String text : texts) {
      StringValue.writeString(text, target);
    }
  }

  private static String[] readTexts(DataInputView from) throws IOException {
    int length = from.readShort();
    if (length == 0) {
      return NONE;
    }
    String[] texts = new String[length];
    for (int i = 0; i < length; i++) {
      texts[i] = StringValue.readString(from);
    }
    return texts;
  }

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    /** Called by Flink. */
    public Snapshot() {
      super(EventSerializer::new);
    }
  }
}
