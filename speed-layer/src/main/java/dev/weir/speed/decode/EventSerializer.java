package dev.weir.speed.decode;

import dev.weir.event.Event;
import dev.weir.event.TextCache;
import dev.weir.speed.source.WireSerializer;
import dev.weir.speed.source.WireType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Origin, id, time, then each array with its length; only numbers that are present are written, and
 * a text is its length in UTF-8 and its bytes. Crosses the network where duplicates are looked for
 * in the whole topic.
 *
 * <p>Texts that repeat are given out as the same object again, so that whoever looks them up finds
 * their hash computed. For that an instance remembers texts: it serves one thread.
 */
public final class EventSerializer extends WireSerializer<Event> {
  private static final long serialVersionUID = 1L;

  private static final String[] NONE = {};
  private static final int NULL = -1;
  private static final int SCRATCH_BYTES = 1 << 10;

  private transient TextCache texts;
  private transient byte[] scratch;

  /** Flink's description of events. */
  public static final TypeInformation<Event> TYPE =
      new WireType<>(Event.class, new EventSerializer());

  @Override
  public void serialize(Event event, DataOutputView target) throws IOException {
    target.writeShort(event.source());
    writeText(event.topic(), target);
    target.writeInt(event.partition());
    target.writeLong(event.offset());
    target.writeLong(event.recordMillis());
    writeText(event.id(), target);
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
    String topic = readKnownText(from);
    int partition = from.readInt();
    long offset = from.readLong();
    long recordMillis = from.readLong();
    String id = readText(from);
    long timeMicros = from.readLong();
    String[] dimensions = array(from.readShort());
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = readKnownText(from);
    }
    String[] identifiers = array(from.readShort());
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = readText(from);
    }
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
      writeText(text, target);
    }
  }

  private static void writeText(String text, DataOutputView target) throws IOException {
    if (text == null) {
      target.writeInt(NULL);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    target.writeInt(utf8.length);
    target.write(utf8);
  }

  private static String[] array(int length) {
    return length == 0 ? NONE : new String[length];
  }

  private String readText(DataInputView from) throws IOException {
    int length = readBytes(from);
    return length == NULL ? null : new String(scratch, 0, length, StandardCharsets.UTF_8);
  }

  private String readKnownText(DataInputView from) throws IOException {
    int length = readBytes(from);
    return length == NULL ? null : texts.text(scratch, 0, length);
  }

  private int readBytes(DataInputView from) throws IOException {
    if (texts == null) {
      texts = new TextCache();
    }
    int length = from.readInt();
    if (scratch == null || scratch.length < length) {
      scratch = new byte[Math.max(SCRATCH_BYTES, length)];
    }
    if (length > 0) {
      from.readFully(scratch, 0, length);
    }
    return length;
  }

  @Override
  public EventSerializer duplicate() {
    return new EventSerializer();
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
