package dev.weir.batch.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;

/**
 * What was found in one file of one event hour, to be held against the manifest.
 *
 * @param file position in the plan's files
 * @param hour position in the plan's hours
 * @param storedHash sum of the rows' hashes as the file stores them: the manifest's
 * @param rowHash sum of their hashes over the columns that are declared now; the same unless the
 *     declaration has lost a column
 * @param failure why the file could not be read to its end; null if it could
 * @param undeclared whether the failure is that the declaration cannot hold the file's numbers: the
 *     file is whole
 */
public record FileTally(
    int file,
    int hour,
    long rows,
    long storedHash,
    long rowHash,
    String failure,
    boolean undeclared)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A block's first byte: it holds a tally. */
  static final byte TALLY = 1;

  byte[] toBlock() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(TALLY);
      writeTo(out);
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeTo(DataOutput out) throws IOException {
    out.writeInt(file);
    out.writeInt(hour);
    out.writeLong(rows);
    out.writeLong(storedHash);
    out.writeLong(rowHash);
    out.writeBoolean(undeclared);
    out.writeUTF(failure == null ? "" : failure.substring(0, Math.min(failure.length(), 1000)));
  }

  static FileTally ofBlock(byte[] block) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(block))) {
      in.readByte();
      return readFrom(in);
    } catch (IOException e) {
      throw new AssertionError("reading from memory cannot fail", e);
    }
  }

  private static FileTally readFrom(DataInput in) throws IOException {
    int file = in.readInt();
    int hour = in.readInt();
    long rows = in.readLong();
    long storedHash = in.readLong();
    long rowHash = in.readLong();
    boolean undeclared = in.readBoolean();
    String failure = in.readUTF();
    return new FileTally(
        file, hour, rows, storedHash, rowHash, failure.isEmpty() ? null : failure, undeclared);
  }
}
