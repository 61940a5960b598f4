package dev.weir.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A file's columns, each with its vector, and which of them the pipeline declares.
 *
 * <p>Columns are matched by name. A column the file lacks is null; one the pipeline no longer
 * declares is read only for the row's stored hash; a number archived with another scale is
 * converted exactly.
 */
final class FileColumns {
  private final Map<String, ColumnVector> vectors = new LinkedHashMap<>();
  private final List<ColumnVector> stored = new ArrayList<>();
  private final List<ColumnVector> unchanged = new ArrayList<>();
  private final List<Rescaled> rescaled = new ArrayList<>();

  /** A number that is declared with another scale than it was archived with. */
  private record Rescaled(LongVector vector, Rescale rescale, long declaredSeed) {}

  /**
   * Sets the vectors up.
   *
   * @throws IllegalArgumentException if a column is none the archive writes
   */
  FileColumns(ArchiveSchema schema, MessageType columns) {
    for (Type field : columns.getFields()) {
      String name = field.getName();
      if (name.equals(ArchiveSchema.COMMIT)) {
        vectors.put(name, new LongVector(0)); // Not part of the hash.
      } else if (field.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation) {
        addText(schema, name);
      } else if (field.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
          && field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
        addNumber(schema, name, decimal.getScale());
      } else if (ArchiveSchema.FIXED_NUMBERS.contains(name)) {
        add(name, new LongVector(EventHash.seed(name)), true);
      } else {
        throw new IllegalArgumentException(
            "column " + field + " is none the archive writes; is this a file of the archive?");
      }
    }
  }

  private void addText(ArchiveSchema schema, String name) {
    boolean declared =
        ArchiveSchema.FIXED_TEXTS.contains(name)
            || schema.dimensions().contains(name)
            || schema.identifiers().contains(name);
    add(name, new TextVector(EventHash.seed(name)), declared);
  }

  private void addNumber(ArchiveSchema schema, String name, int scale) {
    LongVector vector = new LongVector(EventHash.seed(name, scale));
    int declared =
        schema.numbers().stream()
            .filter(number -> number.name().equals(name))
            .mapToInt(ArchiveSchema.NumberColumn::scale)
            .findFirst()
            .orElse(-1);
    add(name, vector, declared == scale);
    if (declared >= 0 && declared != scale) {
      rescaled.add(
          new Rescaled(vector, new Rescale(name, scale, declared), EventHash.seed(name, declared)));
    }
  }

  private void add(String name, ColumnVector vector, boolean isUnchanged) {
    vectors.put(name, vector);
    stored.add(vector);
    if (isUnchanged) {
      unchanged.add(vector);
    }
  }

  /** A column of texts; one of nulls if the file has none of that name. */
  TextVector text(String name) {
    return vectors.get(name) instanceof TextVector vector ? vector : new TextVector(0);
  }

  /** A column of integers; one of nulls if the file has none of that name. */
  LongVector number(String name) {
    return vectors.get(name) instanceof LongVector vector ? vector : new LongVector(0);
  }

  /** A column of integers that every file has. */
  LongVector required(String name) {
    if (vectors.get(name) instanceof LongVector vector) {
      return vector;
    }
    throw new IllegalArgumentException(
        "column " + name + " is missing; is this a file of the archive?");
  }

  /** In the file's order. */
  List<ColumnVector> vectors() {
    return List.copyOf(vectors.values());
  }

  /** Whether rows have another hash by what is declared now than by what the file stores. */
  boolean evolved() {
    return unchanged.size() < stored.size();
  }

  /** Adds the terms of the rows' hashes over the file's columns. */
  void addStoredTerms(long[] sums, int rows) {
    stored.forEach(vector -> vector.addTerms(sums, rows));
  }

  /**
   * Brings all numbers to the declared scale and adds the terms of the rows' hashes over the
   * columns that are declared now.
   */
  void addDeclaredTerms(long[] sums, int rows) {
    unchanged.forEach(vector -> vector.addTerms(sums, rows));
    rescaled.forEach(
        number -> number.vector.rescale(number.rescale, number.declaredSeed, sums, rows));
  }

  /** For Parquet, which asks for a column's converter by its position. */
  GroupConverter converters() {
    List<ColumnVector> byPosition = vectors();
    return new GroupConverter() {
      @Override
      public Converter getConverter(int field) {
        return byPosition.get(field);
      }

      @Override
      public void start() {}

      @Override
      public void end() {}
    };
  }
}
