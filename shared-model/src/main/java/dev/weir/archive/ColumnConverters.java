package dev.weir.archive;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Converters of the archive's column types. */
final class ColumnConverters {
  private ColumnConverters() {}

  /** Takes a column's text. */
  interface TextTarget {
    void set(String value);
  }

  /** Takes a column's text and its term of the row's hash. */
  interface HashedTextTarget {
    void set(String value, long term);
  }

  /** Takes a column's integer. */
  interface LongTarget {
    void set(long value);
  }

  /** Text; a dictionary's entries are decoded and hashed once per dictionary, not once per row. */
  static final class Text extends PrimitiveConverter {
    private final long seed;
    private final HashedTextTarget target;
    private String[] texts = {};
    private long[] terms = {};

    Text(long seed, HashedTextTarget target) {
      this.seed = seed;
      this.target = target;
    }

    @Override
    public boolean hasDictionarySupport() {
      return true;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      texts = new String[dictionary.getMaxId() + 1];
      terms = new long[texts.length];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
        terms[i] = EventHash.text(seed, texts[i]);
      }
    }

    @Override
    public void addValueFromDictionary(int entry) {
      target.set(texts[entry], terms[entry]);
    }

    @Override
    public void addBinary(Binary value) {
      String text = value.toStringUsingUTF8();
      target.set(text, EventHash.text(seed, text));
    }
  }

  /** A 32- or 64-bit integer. */
  static final class Whole extends PrimitiveConverter {
    private final LongTarget target;

    Whole(LongTarget target) {
      this.target = target;
    }

    @Override
    public void addInt(int value) {
      target.set(value);
    }

    @Override
    public void addLong(long value) {
      target.set(value);
    }
  }
}
