package dev.weir.serving.export;

import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.RowSink;
import java.io.Closeable;
import java.io.IOException;

/**
 * A document that answers are written into, one table after the other. Not thread safe.
 *
 * <p>Closing it without {@link #end} gives it up: what was written is not a whole file then.
 */
public interface Document extends Closeable {

  /**
   * Begins a table; the one before it is complete. Some documents hold one table only, see {@link
   * ExportFormat#severalTables}.
   *
   * @param title of the table, for a person to read
   * @param query whose answer it is
   */
  RowSink table(String title, CubeQuery query) throws IOException;

  /** Completes the document. What it was written to stays open. */
  void end() throws IOException;

  /** Frees what the document holds. */
  @Override
  void close() throws IOException;
}
