package dev.weir.speed.commit;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/**
 * Rows of a speed table, ready for COPY but for the commit's number, which stands first in each: it
 * is known only inside the commit's transaction.
 */
sealed interface DeltaRows permits BinaryRows, CompressedRows, TextRows {
  /** As state holds them; for reading only. */
  byte[] bytes();

  /** The event hours of the rows, as texts that PostgreSQL takes for timestamptz. */
  Set<String> hours();

  /** The format that COPY is to expect. */
  String format();

  /** Sends all rows, each with the commit's number; does not end the COPY. */
  void sendTo(CopyIn copy, long commit) throws SQLException;
}
