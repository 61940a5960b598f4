package dev.weir.speed.commit;

import dev.weir.speed.commit.Committable.CubeDeltas;
import dev.weir.speed.commit.Committable.ReasonCount;
import dev.weir.speed.commit.Committable.SampledLetter;
import dev.weir.speed.commit.Committable.SourceTotals;
import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How a {@link Committable} is kept in operator state: a magic number, a version, then its fields
 * in order. A change of the fields takes a new version; older ones stay readable, because
 * savepoints outlive releases. Version 1 holds {@link TextRows}, version 2 {@link BinaryRows} and
 * version 3 {@link CompressedRows}; otherwise they are the same.
 */
final class CommittableFormat {
  private static final int MAGIC = 0x57454952; // WEIR
  private static final int TEXT_VERSION = 1;
  private static final int BINARY_VERSION = 2;
  private static final int COMPRESSED_VERSION = 3;

  /** Roughly what all but the rows takes. */
  private static final int SMALL = 1 << 12;

  private CommittableFormat() {}

  static byte[] write(Committable committable) throws IOException {
    int rows = committable.deltas().stream().mapToInt(d -> d.data().bytes().length).sum();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(SMALL + rows);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(version(committable));
    writeUuid(committable.uuid(), out);
    writeUuid(committable.parent(), out);
    out.writeLong(committable.attempt());
    BinaryText.write(committable.jobId(), out);
    out.writeLong(committable.checkpoint());
    writeInstant(committable.minEventTime(), out);
    writeInstant(committable.maxEventTime(), out);
    writeList(committable.sources(), out, CommittableFormat::writeTotals);
    writeList(committable.offsets(), out, CommittableFormat::writeOffset);
    writeList(committable.deadLetters(), out, CommittableFormat::writeCount);
    writeList(committable.samples(), out, CommittableFormat::writeSample);
    writeList(
        committable.files(),
        out,
        (file, o) -> ArchiveFileFormat.write(file.file(), file.kind(), o));
    writeList(committable.deltas(), out, CommittableFormat::writeDeltas);
    return bytes.toByteArray();
  }

  static Committable read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int magic = in.readInt();
    int version = in.readInt();
    if (magic != MAGIC || version < TEXT_VERSION || version > COMPRESSED_VERSION) {
      throw new IOException(
          "the state of CommitSink holds a committable of format "
              + Integer.toHexString(magic)
              + " version "
              + version
              + "; this release reads versions "
              + TEXT_VERSION
              + " to "
              + COMPRESSED_VERSION
              + ": restore it with the release that wrote it");
    }
    return new Committable(
        readUuid(in),
        readUuid(in),
        in.readLong(),
        BinaryText.read(in),
        in.readLong(),
        readInstant(in),
        readInstant(in),
        readList(in, CommittableFormat::readTotals),
        readList(in, CommittableFormat::readOffset),
        readList(in, CommittableFormat::readCount),
        readList(in, CommittableFormat::readSample),
        readList(in, ArchiveFileFormat::read),
        readList(in, i -> readDeltas(version, i)));
  }

  /** All rows of a committable are of one format: those of the release that gathered it. */
  private static int version(Committable committable) {
    int version = COMPRESSED_VERSION;
    for (CubeDeltas deltas : committable.deltas()) {
      if (deltas.data() instanceof TextRows) {
        version = TEXT_VERSION;
      } else if (deltas.data() instanceof BinaryRows) {
        version = BINARY_VERSION;
      }
    }
    return version;
  }

  private static void writeTotals(SourceTotals totals, DataOutput out) throws IOException {
    BinaryText.write(totals.source(), out);
    out.writeLong(totals.in());
    out.writeLong(totals.counted());
    out.writeLong(totals.duplicate());
    out.writeLong(totals.deadLettered());
    out.writeLong(totals.filtered());
  }

  private static SourceTotals readTotals(DataInput in) throws IOException {
    return new SourceTotals(
        BinaryText.read(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  private static void writeOffset(NextOffset offset, DataOutput out) throws IOException {
    BinaryText.write(offset.source(), out);
    BinaryText.write(offset.topic(), out);
    out.writeInt(offset.partition());
    out.writeLong(offset.nextOffset());
  }

  private static NextOffset readOffset(DataInput in) throws IOException {
    return new NextOffset(BinaryText.read(in), BinaryText.read(in), in.readInt(), in.readLong());
  }

  private static void writeCount(ReasonCount count, DataOutput out) throws IOException {
    BinaryText.write(count.source(), out);
    BinaryText.write(count.reason(), out);
    out.writeLong(count.records());
  }

  private static ReasonCount readCount(DataInput in) throws IOException {
    return new ReasonCount(BinaryText.read(in), BinaryText.read(in), in.readLong());
  }

  private static void writeSample(SampledLetter sample, DataOutput out) throws IOException {
    BinaryText.write(sample.source(), out);
    BinaryText.write(sample.topic(), out);
    out.writeInt(sample.partition());
    out.writeLong(sample.offset());
    writeInstant(sample.recordTime(), out);
    BinaryText.write(sample.reason(), out);
    BinaryText.write(sample.detail(), out);
    BinaryText.writeBytes(sample.raw(), out);
  }

  private static SampledLetter readSample(DataInput in) throws IOException {
    return new SampledLetter(
        BinaryText.read(in),
        BinaryText.read(in),
        in.readInt(),
        in.readLong(),
        readInstant(in),
        BinaryText.read(in),
        BinaryText.read(in),
        BinaryText.readBytes(in));
  }

  private static void writeDeltas(CubeDeltas deltas, DataOutput out) throws IOException {
    BinaryText.write(deltas.cube(), out);
    BinaryText.write(deltas.definitionHash(), out);
    BinaryText.write(deltas.table(), out);
    writeList(deltas.columns(), out, BinaryText::write);
    writeList(deltas.days(), out, (day, o) -> o.writeLong(day.toEpochDay()));
    out.writeInt(deltas.rows());
    if (deltas.data() instanceof CompressedRows compressed) {
      writeList(compressed.hourMillis(), out, (hour, o) -> o.writeLong(hour));
    }
    BinaryText.writeBytes(deltas.data().bytes(), out);
  }

  private static CubeDeltas readDeltas(int version, DataInput in) throws IOException {
    return new CubeDeltas(
        BinaryText.read(in),
        BinaryText.read(in),
        BinaryText.read(in),
        readList(in, BinaryText::read),
        readList(in, i -> LocalDate.ofEpochDay(i.readLong())),
        in.readInt(),
        readRows(version, in));
  }

  private static DeltaRows readRows(int version, DataInput in) throws IOException {
    return switch (version) {
      case TEXT_VERSION -> new TextRows(BinaryText.readBytes(in));
      case BINARY_VERSION -> new BinaryRows(BinaryText.readBytes(in));
      default -> new CompressedRows(readList(in, DataInput::readLong), BinaryText.readBytes(in));
    };
  }

  static void writeUuid(UUID uuid, DataOutput out) throws IOException {
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  static UUID readUuid(DataInput in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  private static void writeInstant(Instant instant, DataOutput out) throws IOException {
    out.writeBoolean(instant != null);
    if (instant != null) {
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    }
  }

  private static Instant readInstant(DataInput in) throws IOException {
    return in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
  }

  private static <T> void writeList(List<T> list, DataOutput out, Writer<T> writer)
      throws IOException {
    out.writeInt(list.size());
    for (T element : list) {
      writer.write(element, out);
    }
  }

  private static <T> List<T> readList(DataInput in, Reader<T> reader) throws IOException {
    int size = in.readInt();
    List<T> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(reader.read(in));
    }
    return list;
  }

  private interface Writer<T> {
    void write(T element, DataOutput out) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInput in) throws IOException;
  }
}
