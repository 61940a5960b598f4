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
    writeUtf8(event.idUtf8(), target);
    target.writeLong(event.timeMicros());
    target.writeShort(event.dimensions().length);
    for (String dimension : event.dimensions()) {
      writeText(dimension, target);
    }
    target.writeShort(event.identifiersUtf8().length);
    for (byte[] identifier : event.identifiersUtf8()) {
      writeUtf8(identifier, target);
    }
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
    byte[] id = readUtf8(from);
    long timeMicros = from.readLong();
    String[] dimensions = new String[from.readShort()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = readKnownText(from);
    }
    byte[][] identifiers = new byte[from.readShort()][];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = readUtf8(from);
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

  private static void writeText(String text, DataOutputView target) throws IOException {
    writeUtf8(text == null ? null : text.getBytes(StandardCharsets.UTF_8), target);
  }

  private static void writeUtf8(byte[] utf8, DataOutputView target) throws IOException {
    if (utf8 == null) {
      target.writeInt(NULL);
    } else {
      target.writeInt(utf8.length);
      target.write(utf8);
    }
  }

  private static byte[] readUtf8(DataInputView from) throws IOException {
    int length = from.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] utf8 = new byte[length];
    from.readFully(utf8);
    return utf8;
  }

  private String readKnownText(DataInputView from) throws IOException {
    int length = from.readInt();
    if (length == NULL) {
      return null;
    }
    if (texts == null) {
      texts = new TextCache();
    }
    if (scratch == null || scratch.length < length) {
      scratch = new byte[Math.max(SCRATCH_BYTES, length)];
    }
    from.readFully(scratch, 0, length);
    return texts.text(scratch, 0, length);
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
