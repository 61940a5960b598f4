package dev.weir.batch.read;

import dev.weir.archive.TextVector;
import java.util.Arrays;

/** A column of texts that repeat, in a block: a code for each row, and what the codes stand for. */
final class NumberedTexts {
  /** The code of rows whose text is null. */
  private static final int NULL_CODE = 0;

  private final PackedLongs codes;
  private final int[] numbers;

  /**
   * Reads what a {@link Writer} wrote.
   *
   * @param dictionary that the column's texts are to be numbered by
   */
  NumberedTexts(BlockInput in, int count, TextDictionary dictionary) {
    codes = new PackedLongs(in, count);
    numbers = new int[in.nextInt() + 1];
    if (numbers.length > 1) {
      PackedTexts texts = new PackedTexts(in, numbers.length - 1);
      for (int i = 1; i < numbers.length; i++) {
        numbers[i] = texts.number(i - 1, dictionary);
      }
    }
  }

  /** The number of a row's text; 0 for null. */
  int number(int i) {
    return numbers[(int) codes.get(i)];
  }

  /** Writes such columns. Reused; not thread safe. */
  static final class Writer {
    private final PackedTexts.Writer texts;
    private long[] codeOfRow = {};
    private int[] codeOfEntry = {};
    private int[] entries = {};

    Writer(PackedTexts.Writer texts) {
      this.texts = texts;
    }

    void write(BlockBytes out, TextVector column, int[] rows, int from, int to) {
      if (codeOfEntry.length < column.known()) {
        codeOfEntry = new int[2 * column.known()];
      }
      if (entries.length < to - from) {
        entries = new int[to - from];
      }
      int known = 0;
      for (int i = from; i < to; i++) {
        int row = rows[i];
        int entry = column.entry(row);
        if (entry == TextVector.NULL) {
          setCode(row, NULL_CODE);
          continue;
        }
        if (codeOfEntry[entry] == NULL_CODE) {
          entries[known++] = entry;
          codeOfEntry[entry] = known;
        }
        setCode(row, codeOfEntry[entry]);
      }
      PackedLongs.write(out, codeOfRow, rows, from, to);
      out.addInt(known);
      if (known > 0) {
        texts.write(out, column, entries, known);
      }
      for (int i = 0; i < known; i++) {
        codeOfEntry[entries[i]] = NULL_CODE;
      }
    }

    private void setCode(int row, int code) {
      if (row >= codeOfRow.length) {
        codeOfRow = Arrays.copyOf(codeOfRow, 2 * row + 1);
      }
      codeOfRow[row] = code;
    }
  }
}
