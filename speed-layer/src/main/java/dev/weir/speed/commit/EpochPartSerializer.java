package dev.weir.speed.commit;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.event.DeadLetter;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.speed.commit.EpochPart.DeadLetterCount;
import dev.weir.speed.commit.EpochPart.DeadLetterSample;
import dev.weir.speed.commit.EpochPart.EventTimesSeen;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes parts for the network between two operators of one job. Never used for state, so it has no
 * compatibility to keep.
 */
final class EpochPartSerializer extends TypeSerializer<EpochPart> {
  private static final long serialVersionUID = 1L;

  private static final byte SERIES_DELTA = 1;
  private static final byte FILE_WRITTEN = 2;
  private static final byte SOURCE_COUNTERS = 3;
  private static final byte OFFSETS_ADVANCED = 4;
  private static final byte EVENT_TIMES_SEEN = 5;
  private static final byte DEAD_LETTER_SAMPLE = 6;
  private static final byte DEAD_LETTER_COUNT = 7;
  private static final byte LIVE_WRITER_STARTED = 8;

  private final List<MeasureLayout> layouts;

  /** By cube: what an aggregate is read like. */
  private transient MinuteAggregate[] empty;

  /**
   * @param layouts of the pipeline's cubes, in their order
   */
  EpochPartSerializer(List<MeasureLayout> layouts) {
    this.layouts = List.copyOf(layouts);
  }

  @Override
  public void serialize(EpochPart part, DataOutputView out) throws IOException {
    if (part instanceof SeriesDelta delta) {
      out.writeByte(SERIES_DELTA);
      writeKey(delta.key(), out);
      delta.aggregate().writeTo(out);
    } else if (part instanceof FileWritten written) {
      out.writeByte(FILE_WRITTEN);
      ArchiveFileFormat.write(written.file(), written.kind(), out);
    } else if (part instanceof SourceCounters counters) {
      out.writeByte(SOURCE_COUNTERS);
      out.writeInt(counters.source());
      out.writeLong(counters.in());
      out.writeLong(counters.counted());
      out.writeLong(counters.duplicate());
      out.writeLong(counters.deadLettered());
      out.writeLong(counters.filtered());
    } else if (part instanceof OffsetsAdvanced offsets) {
      out.writeByte(OFFSETS_ADVANCED);
      out.writeInt(offsets.source());
      BinaryText.write(offsets.topic(), out);
      out.writeInt(offsets.partition());
      out.writeLong(offsets.nextOffset());
    } else if (part instanceof EventTimesSeen times) {
      out.writeByte(EVENT_TIMES_SEEN);
      out.writeLong(times.minMicros());
      out.writeLong(times.maxMicros());
    } else if (part instanceof DeadLetterSample sample) {
      out.writeByte(DEAD_LETTER_SAMPLE);
      writeLetter(sample.letter(), out);
    } else if (part instanceof DeadLetterCount count) {
      out.writeByte(DEAD_LETTER_COUNT);
      out.writeInt(count.source());
      BinaryText.write(count.reason().name(), out);
      out.writeLong(count.records());
    } else if (part instanceof LiveWriterStarted started) {
      out.writeByte(LIVE_WRITER_STARTED);
      out.writeLong(started.writer().getMostSignificantBits());
      out.writeLong(started.writer().getLeastSignificantBits());
    }
  }

  @Override
  public EpochPart deserialize(DataInputView in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case SERIES_DELTA -> {
        AggregateKey key = readKey(in);
        yield new SeriesDelta(key.cube(), key, MinuteAggregate.readFrom(empty(key.cube()), in));
      }
      case FILE_WRITTEN -> ArchiveFileFormat.read(in);
      case SOURCE_COUNTERS ->
          new SourceCounters(
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong());
      case OFFSETS_ADVANCED ->
          new OffsetsAdvanced(in.readInt(), BinaryText.read(in), in.readInt(), in.readLong());
      case EVENT_TIMES_SEEN -> new EventTimesSeen(in.readLong(), in.readLong());
      case DEAD_LETTER_SAMPLE -> new DeadLetterSample(readLetter(in));
      case DEAD_LETTER_COUNT ->
          new DeadLetterCount(
              in.readInt(), RejectReason.valueOf(BinaryText.read(in)), in.readLong());
      case LIVE_WRITER_STARTED -> new LiveWriterStarted(new UUID(in.readLong(), in.readLong()));
      default -> throw new IOException("a part of an epoch has the unknown kind " + kind);
    };
  }

  private MinuteAggregate empty(int cube) {
    if (empty == null) {
      empty = layouts.stream().map(MinuteAggregate::empty).toArray(MinuteAggregate[]::new);
    }
    return empty[cube];
  }

  private static void writeKey(AggregateKey key, DataOutputView out) throws IOException {
    out.writeInt(key.cube());
    out.writeLong(key.minuteMillis());
    out.writeShort(key.dimensionCount());
    for (int i = 0; i < key.dimensionCount(); i++) {
      BinaryText.writeNullable(key.dimension(i), out);
    }
  }

  private static AggregateKey readKey(DataInputView in) throws IOException {
    int cube = in.readInt();
    long minuteMillis = in.readLong();
    String[] dimensions = new String[in.readUnsignedShort()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = BinaryText.readNullable(in);
    }
    return new AggregateKey(cube, minuteMillis, dimensions);
  }

  private static void writeLetter(DeadLetter letter, DataOutputView out) throws IOException {
    RawRecord record = letter.record();
    out.writeInt(record.source());
    BinaryText.write(record.topic(), out);
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.recordMillis());
    BinaryText.writeBytes(record.value() == null ? new byte[0] : record.value(), out);
    BinaryText.write(letter.reason().name(), out);
    BinaryText.write(letter.detail(), out);
  }

  private static DeadLetter readLetter(DataInputView in) throws IOException {
    RawRecord record =
        new RawRecord(
            in.readInt(),
            BinaryText.read(in),
            in.readInt(),
            in.readLong(),
            in.readLong(),
            BinaryText.readBytes(in));
    return new DeadLetter(record, RejectReason.valueOf(BinaryText.read(in)), BinaryText.read(in));
  }

  /** Senders do not touch a part again, so passing it on within a chain needs no copy. */
  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<EpochPart> duplicate() {
    return new EpochPartSerializer(layouts);
  }

  @Override
  public EpochPart createInstance() {
    return new EventTimesSeen(0, 0);
  }

  @Override
  public EpochPart copy(EpochPart from) {
    return from;
  }

  @Override
  public EpochPart copy(EpochPart from, EpochPart reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public EpochPart deserialize(EpochPart reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EpochPartSerializer that && layouts.equals(that.layouts);
  }

  @Override
  public int hashCode() {
    return layouts.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<EpochPart> snapshotConfiguration() {
    throw new UnsupportedOperationException(
        "parts of an epoch travel between operators and are never kept in state");
  }
}
