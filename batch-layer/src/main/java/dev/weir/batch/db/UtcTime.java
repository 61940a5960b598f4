package dev.weir.batch.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Instants as {@code timestamptz} values that no session or JVM time zone can shift. */
public final class UtcTime {

  private UtcTime() {}

  /** The value to bind with {@code setObject}. */
  public static OffsetDateTime ofMillis(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
  }

  /** The literal of an instant, for statements that take no bound values, such as COPY. */
  public static String literal(long epochMillis) {
    return "'" + Instant.ofEpochMilli(epochMillis) + "'::timestamptz";
  }

  /** Literals of several instants, to bind as the elements of a {@code timestamptz[]}. */
  public static String[] texts(long[] epochMillis) {
    String[] texts = new String[epochMillis.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = Instant.ofEpochMilli(epochMillis[i]).toString();
    }
    return texts;
  }

  /** A column of a row, epoch milliseconds. */
  public static long millis(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
  }
}
