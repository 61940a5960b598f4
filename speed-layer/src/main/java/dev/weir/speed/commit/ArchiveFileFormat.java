package dev.weir.speed.commit;

import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveFile.HourEntry;
import dev.weir.archive.ArchiveKind;
import dev.weir.speed.commit.EpochPart.FileWritten;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An archive file's manifest entry in binary form, on the network and in state. */
final class ArchiveFileFormat {
  private ArchiveFileFormat() {}

  static void write(ArchiveFile file, ArchiveKind kind, DataOutput out) throws IOException {
    BinaryText.write(kind.manifestName(), out);
    BinaryText.write(file.path(), out);
    out.writeLong(file.bytes());
    out.writeLong(file.rows());
    out.writeInt(file.hours().size());
    for (HourEntry hour : file.hours()) {
      out.writeLong(hour.hourMillis());
      out.writeLong(hour.rows());
      out.writeLong(hour.hashSum());
    }
  }

  static FileWritten read(DataInput in) throws IOException {
    ArchiveKind kind = ArchiveKind.ofManifestName(BinaryText.read(in));
    String path = BinaryText.read(in);
    long bytes = in.readLong();
    long rows = in.readLong();
    int entries = in.readInt();
    List<HourEntry> hours = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      hours.add(new HourEntry(in.readLong(), in.readLong(), in.readLong()));
    }
    return new FileWritten(new ArchiveFile(path, bytes, rows, hours), kind);
  }
}
