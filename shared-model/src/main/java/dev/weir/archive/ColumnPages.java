package dev.weir.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The pages of one column of a row group that is read whole, one after the other. A loop over a
 * page's values asks its decoder at once, which is several times cheaper than Parquet's column
 * reader between them; texts as they are stand in {@link #plain} and are not copied to objects.
 */
final class ColumnPages {
  private final ColumnDescriptor column;
  private final PageReader pages;
  private final Dictionary dictionary;
  private final boolean texts;
  private final boolean wide;

  private int left;
  private ValuesReader levels;
  private RunLengthBitPackingHybridDecoder levelsOfV2;
  private ValuesReader values;
  private boolean numbered;

  /** A page of texts as they are: each one's length, little endian, and its UTF-8. */
  private ByteBuffer plain;

  ColumnPages(ColumnDescriptor column, PageReader pages) throws IOException {
    this.column = column;
    this.pages = pages;
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    texts = type == PrimitiveTypeName.BINARY;
    wide = type == PrimitiveTypeName.INT64;
    DictionaryPage page = pages.readDictionaryPage();
    dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
  }

  /** What the numbers of {@link #values} stand for; null where the row group has no dictionary. */
  Dictionary dictionary() {
    return dictionary;
  }

  /** Goes to the next page if this one is at its end, and returns how many rows it has left. */
  int ready() throws IOException {
    while (left == 0) {
      DataPage page = pages.readPage();
      if (page == null) {
        throw new IOException("column " + column.getPath()[0] + " ends before its row group");
      }
      left = page.getValueCount();
      if (page instanceof DataPageV1 first) {
        start(first);
      } else if (page instanceof DataPageV2 second) {
        start(second);
      } else {
        throw new IOException("column " + column.getPath()[0] + " has a page of an unknown kind");
      }
    }
    return left;
  }

  /** Says that so many rows of the page are read. */
  void taken(int rows) {
    left -= rows;
  }

  private void start(DataPageV1 page) throws IOException {
    ByteBufferInputStream in = page.getBytes().toInputStream();
    page.getRlEncoding()
        .getValuesReader(column, ValuesType.REPETITION_LEVEL)
        .initFromPage(left, in);
    levels = page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
    levels.initFromPage(left, in);
    levelsOfV2 = null;
    start(page.getValueEncoding(), in);
  }

  private void start(DataPageV2 page) throws IOException {
    levels = null;
    levelsOfV2 =
        column.getMaxDefinitionLevel() == 0
            ? null
            : new RunLengthBitPackingHybridDecoder(1, page.getDefinitionLevels().toInputStream());
    start(page.getDataEncoding(), page.getData().toInputStream());
  }

  private void start(Encoding encoding, ByteBufferInputStream in) throws IOException {
    numbered = texts && encoding.usesDictionary();
    plain = null;
    values = null;
    if (texts && encoding == Encoding.PLAIN) {
      plain = in.slice(in.available());
      if (!plain.hasArray()) {
        plain = ByteBuffer.allocate(plain.remaining()).put(plain).flip();
      }
      return;
    }
    values =
        encoding.usesDictionary()
            ? encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary)
            : encoding.getValuesReader(column, ValuesType.VALUES);
    values.initFromPage(left, in);
  }

  /** Whether the next row has a value, which is then to be read. */
  boolean isPresent() throws IOException {
    if (column.getMaxDefinitionLevel() == 0) {
      return true;
    }
    return (levels != null ? levels.readInteger() : levelsOfV2.readInt()) == 1;
  }

  /** The page's decoder; null while {@link #plain} is not. */
  ValuesReader values() {
    return values;
  }

  /** Whether the page's texts are numbers of the dictionary. */
  boolean isNumbered() {
    return numbered;
  }

  /** Whether the page's integers have 64 bits. */
  boolean isWide() {
    return wide;
  }

  /** The page's texts from the next one on, in an accessible array, if they are stored plain. */
  ByteBuffer plain() {
    return plain;
  }
}
