package dev.weir.archive;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A column of texts that are nearly all different, as they are: a dictionary of them would only be
 * built to be thrown away, and extremes of ids select nothing.
 */
final class TextColumn extends PageColumn {
  private final PageBytes values = new PageBytes();
  private final long seed;

  TextColumn(ColumnDescriptor column) {
    super(column);
    seed = EventHash.seed(column.getPath()[0]);
  }

  /**
   * Adds a text in UTF-8, or a null.
   *
   * @return its term of the row's hash, of the text as it was given
   */
  long add(byte[] utf8) {
    if (utf8 == null) {
      addNull();
      return 0;
    }
    present();
    values.addText(utf8, 0, utf8.length);
    return EventHash.utf8(seed, utf8);
  }

  /** As {@link #add(byte[])}, but the term is of the text as the page holds it. */
  long add(Utf8Slice text) {
    if (text == null) {
      addNull();
      return 0;
    }
    present();
    values.addText(text.bytes(), text.from(), text.length());
    // Of what the page holds, so that a text that was altered on its way gives another hash.
    int from = values.size() - text.length();
    return EventHash.utf8(seed, values.bytes(), from, text.length());
  }

  /** How long the page's values have become. */
  int bytes() {
    return values.size();
  }

  @Override
  BytesInput encoded() {
    return values.toBytesInput();
  }

  @Override
  Encoding encoding() {
    return Encoding.PLAIN;
  }

  @Override
  Statistics<?> statistics() {
    return Statistics.getBuilderForReading(column().getPrimitiveType()).build();
  }

  @Override
  void forgetPage() {
    values.clear();
  }
}
