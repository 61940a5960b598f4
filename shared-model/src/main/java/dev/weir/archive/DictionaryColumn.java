package dev.weir.archive;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * A column of texts that repeat: each different one stands once in the row group's dictionary, and
 * pages hold its place there. A text is found by its own hash code, which it remembers, so that one
 * and the same object costs a look-up and no comparison. Once a dictionary has outgrown its use the
 * rest of the row group is written as it is.
 */
final class DictionaryColumn extends PageColumn {
  private static final int LARGEST_BYTES = 1 << 20;
  private static final int SMALLEST_CAPACITY = 64;

  private final long seed;
  private final int[] places = new int[EventRows.PAGE_ROWS + Long.BYTES];
  private final PageBytes page = new PageBytes();
  private final PageBytes dictionary = new PageBytes();
  private int size;

  // Open addressing with linear probing; a slot holds a place plus 1.
  private int[] slots = new int[SMALLEST_CAPACITY];
  private String[] texts = new String[SMALLEST_CAPACITY];
  private long[] terms = new long[SMALLEST_CAPACITY];
  private int known;
  private boolean outgrown;
  private Statistics<?> extremes;

  private String lastText;
  private int lastPlace;

  DictionaryColumn(ColumnDescriptor column) {
    super(column);
    seed = EventHash.seed(column.getPath()[0]);
    extremes = Statistics.createStats(column.getPrimitiveType());
  }

  /**
   * Adds a text, or a null.
   *
   * @return its term of the row's hash
   */
  @SuppressWarnings("ReferenceEquality") // equal texts that are not the same are found below
  long add(String text) {
    if (text == null) {
      addNull();
      return 0;
    }
    present();
    if (outgrown) {
      page.addText(text);
      return EventHash.text(seed, text);
    }
    if (text != lastText) {
      lastText = text;
      lastPlace = place(text);
    }
    places[size++] = lastPlace;
    return terms[lastPlace];
  }

  private int place(String text) {
    int mask = slots.length - 1;
    int slot = spread(text) & mask;
    while (slots[slot] != 0) {
      int place = slots[slot] - 1;
      if (texts[place].equals(text)) {
        return place;
      }
      slot = (slot + 1) & mask;
    }
    if (2 * (known + 1) > slots.length) {
      grow();
      return place(text);
    }
    slots[slot] = known + 1;
    texts[known] = text;
    terms[known] = EventHash.text(seed, text);
    int from = dictionary.size() + Integer.BYTES;
    dictionary.addText(text);
    extremes.updateStats(
        Binary.fromReusedByteArray(dictionary.bytes(), from, dictionary.size() - from));
    return known++;
  }

  private static int spread(String text) {
    int hash = text.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  private void grow() {
    slots = new int[2 * slots.length];
    texts = Arrays.copyOf(texts, slots.length);
    terms = Arrays.copyOf(terms, slots.length);
    int mask = slots.length - 1;
    for (int place = 0; place < known; place++) {
      int slot = spread(texts[place]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = place + 1;
    }
  }

  /** How long the page's values have become; places in the dictionary never grow large. */
  int bytes() {
    return page.size();
  }

  @Override
  BytesInput encoded() {
    if (!isPlain()) {
      int width = BitPacked.width(known - 1);
      page.addByte(width);
      BitPacked.write(page, places, size, width);
    }
    return page.toBytesInput();
  }

  /** Also while there are only nulls: a row group may not refer to a dictionary that it lacks. */
  private boolean isPlain() {
    return outgrown || known == 0;
  }

  @Override
  Encoding encoding() {
    return isPlain() ? Encoding.PLAIN : Encoding.RLE_DICTIONARY;
  }

  @Override
  Statistics<?> statistics() {
    return outgrown
        ? Statistics.getBuilderForReading(column().getPrimitiveType()).build()
        : extremes.copy();
  }

  @Override
  void forgetPage() {
    page.clear();
    size = 0;
    outgrown = outgrown || dictionary.size() > LARGEST_BYTES;
  }

  @Override
  void endRowGroup(PageWriter pages) throws IOException {
    if (known > 0) {
      pages.writeDictionaryPage(
          new DictionaryPage(dictionary.toBytesInput(), known, Encoding.PLAIN));
    }
    dictionary.clear();
    Arrays.fill(slots, 0);
    Arrays.fill(texts, 0, known, null);
    known = 0;
    lastText = null;
    outgrown = false;
    extremes = Statistics.createStats(column().getPrimitiveType());
  }
}
