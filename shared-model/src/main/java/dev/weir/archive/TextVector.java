package dev.weir.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * A column of texts, as UTF-8. A row has an entry, or none where its text is null; rows that share
 * an entry of the file's dictionary share its text, its hash and its {@code String}.
 */
public final class TextVector extends ColumnVector {
  /** The entry of a row whose text is null. */
  public static final int NULL = -1;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SMALLEST = 64;

  private final long seed;
  private final int[] entries = new int[EventBatch.MOST_ROWS];

  // Entries of the dictionary come first and stay for the row group; those of single rows follow.
  private byte[] bytes = new byte[SMALLEST];
  private int size;
  private int[] ends = new int[SMALLEST];
  private long[] terms = new long[SMALLEST];
  private String[] shared = {};
  private final OutputStream sink = new Sink();
  private int known;

  /**
   * Sets up a column of nulls.
   *
   * @param seed of the column's terms in the row's hash
   */
  TextVector(long seed) {
    this.seed = seed;
    Arrays.fill(entries, NULL);
  }

  /** How many entries there are; they are numbered from 0. */
  public int known() {
    return known;
  }

  /** A row's entry, or {@link #NULL}. */
  public int entry(int row) {
    return entries[row];
  }

  /** All entries' texts, one behind the other; for reading only. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where an entry's text starts. */
  public int from(int entry) {
    return entry == 0 ? 0 : ends[entry - 1];
  }

  /** Where an entry's text ends. */
  public int to(int entry) {
    return ends[entry];
  }

  /** A row's text, or null. */
  String text(int row) {
    int entry = entries[row];
    if (entry == NULL) {
      return null;
    }
    if (entry >= shared.length) {
      return decoded(entry);
    }
    if (shared[entry] == null) {
      shared[entry] = decoded(entry);
    }
    return shared[entry];
  }

  private String decoded(int entry) {
    return new String(bytes, from(entry), to(entry) - from(entry), StandardCharsets.UTF_8);
  }

  /** The term of a row's text, or 0. */
  long term(int row) {
    int entry = entries[row];
    return entry == NULL ? 0 : terms[entry];
  }

  @Override
  void addTerms(long[] sums, int rows) {
    for (int i = 0; i < rows; i++) {
      sums[i] += term(i);
    }
  }

  @Override
  void startRowGroup() {
    known = 0;
    size = 0;
    shared = new String[0];
  }

  @Override
  void startBatch() {
    known = shared.length;
    size = known == 0 ? 0 : ends[known - 1];
  }

  @Override
  void setNull() {
    entries[row()] = NULL;
  }

  @Override
  void read(ColumnPages page, int from, int to) throws IOException {
    if (page.plain() != null) {
      readPlain(page, from, to);
      return;
    }
    ValuesReader in = page.values();
    for (int row = from; row < to; row++) {
      if (!page.isPresent()) {
        entries[row] = NULL;
      } else if (page.isNumbered()) {
        entries[row] = in.readValueDictionaryId();
      } else {
        entries[row] = known;
        add(in.readBytes());
      }
    }
  }

  private void readPlain(ColumnPages page, int from, int to) throws IOException {
    ByteBuffer plain = page.plain();
    byte[] array = plain.array();
    int end = plain.arrayOffset() + plain.limit();
    int at = plain.arrayOffset() + plain.position();
    for (int row = from; row < to; row++) {
      if (!page.isPresent()) {
        entries[row] = NULL;
        continue;
      }
      int length = (int) INTS.get(array, at);
      at += Integer.BYTES;
      if (length < 0 || length > end - at) {
        throw new IOException("a text of " + length + " bytes does not fit its page");
      }
      entries[row] = known;
      append(array, at, length);
      addEntry(length);
      at += length;
    }
    plain.position(at - plain.arrayOffset());
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary dictionary) {
    known = 0;
    size = 0;
    for (int i = 0; i <= dictionary.getMaxId(); i++) {
      add(dictionary.decodeToBinary(i));
    }
    shared = new String[known];
  }

  @Override
  public void addValueFromDictionary(int entry) {
    entries[row()] = entry;
  }

  @Override
  public void addBinary(Binary value) {
    entries[row()] = known;
    add(value);
  }

  private void add(Binary value) {
    int from = size;
    try {
      // Not as a buffer or an array: either would be made anew for each text.
      value.writeTo(sink);
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    addEntry(size - from);
  }

  /** Makes the last bytes an entry. */
  private void addEntry(int length) {
    if (known == ends.length) {
      ends = Arrays.copyOf(ends, 2 * known);
      terms = Arrays.copyOf(terms, 2 * known);
    }
    ends[known] = size;
    terms[known] = EventHash.utf8(seed, bytes, size - length, length);
    known++;
  }

  private void append(byte[] source, int from, int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  private final class Sink extends OutputStream {
    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) {
      append(source, from, length);
    }
  }
}
