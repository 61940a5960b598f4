package dev.weir.serving.export;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.weir.serving.cube.CubeAnswer.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A column of a Parquet file, always optional: times are TIMESTAMP(MILLIS, UTC) in an int64, texts
 * STRING, counts int64, all other numbers DECIMAL(38, scale) in 16 bytes, because a sum may need
 * more than 64 bits.
 */
final class ParquetColumn {
  private static final int PRECISION = 38;
  private static final int DECIMAL_BYTES = 16;
  private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(PRECISION);

  private final TableColumn column;
  private String lastText;
  private Binary lastBinary;

  ParquetColumn(TableColumn column) {
    this.column = column;
  }

  /** Its place in the schema. */
  Type field() {
    return switch (column.type()) {
      case TIME ->
          Types.optional(INT64).as(timestampType(true, TimeUnit.MILLIS)).named(column.name());
      case TEXT -> Types.optional(BINARY).as(stringType()).named(column.name());
      case INTEGER -> Types.optional(INT64).named(column.name());
      case DECIMAL ->
          Types.optional(FIXED_LEN_BYTE_ARRAY)
              .length(DECIMAL_BYTES)
              .as(decimalType(column.scale(), PRECISION))
              .named(column.name());
    };
  }

  /**
   * Adds the row's value.
   *
   * @throws IOException if a number has more than 38 digits
   */
  void write(Row row, ColumnWriter writer) throws IOException {
    Object value = column.value().apply(row);
    if (value == null) {
      writer.writeNull(0, 0);
      return;
    }
    switch (column.type()) {
      case TIME -> writer.write(((Instant) value).toEpochMilli(), 0, 1);
      case TEXT -> writer.write(binary((String) value), 0, 1);
      case INTEGER -> writer.write(((Number) value).longValue(), 0, 1);
      case DECIMAL -> writer.write(decimal((BigDecimal) value), 0, 1);
    }
  }

  private Binary binary(String text) {
    if (!text.equals(lastText)) {
      lastText = text;
      lastBinary = Binary.fromString(text);
    }
    return lastBinary;
  }

  private Binary decimal(BigDecimal value) throws IOException {
    BigInteger unscaled = value.setScale(column.scale()).unscaledValue();
    if (unscaled.abs().compareTo(TOO_LARGE) >= 0) {
      throw new IOException(
          column.name()
              + " is "
              + value.toPlainString()
              + ", which has more digits than Parquet's decimals: ask for CSV instead");
    }
    byte[] digits = unscaled.toByteArray();
    byte[] fixed = new byte[DECIMAL_BYTES];
    Arrays.fill(fixed, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(digits, 0, fixed, DECIMAL_BYTES - digits.length, digits.length);
    return Binary.fromConstantByteArray(fixed);
  }
}
