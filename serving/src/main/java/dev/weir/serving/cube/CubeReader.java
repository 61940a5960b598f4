package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the merged views: one snapshot per answer, identifiers from the declaration, everything else
 * bound.
 */
@Component
public class CubeReader {
  private final JdbcClient database;
  private final TransactionTemplate snapshot;
  private final ExactnessReader exactness;

  CubeReader(JdbcClient database, TransactionTemplate snapshot, ExactnessReader exactness) {
    this.database = database;
    this.snapshot = snapshot;
    this.exactness = exactness;
  }

  /**
   * Answers the question. Its rows are kept in memory: a question without a limit is better {@link
   * #stream streamed}.
   */
  public CubeAnswer read(CubeQuery query) {
    return snapshot.execute(transaction -> answer(query));
  }

  /** The same inside of the caller's snapshot. */
  CubeAnswer answer(CubeQuery query) {
    RowReader reader = new RowReader(query);
    List<Row> rows = rows(query, reader);
    boolean more = query.limit() != null && rows.size() > query.limit();
    // Beyond the last page there are no rows to tell it.
    boolean known =
        CubeStatement.tellsRangeStatus(query) && !(rows.isEmpty() && query.offset() > 0);
    return new CubeAnswer(
        exactness.head(query, known ? reader.rangeStatus() : exactness.status(query)),
        more ? rows.subList(0, query.limit()) : rows,
        query.totals() ? total(query.total()) : null,
        more ? query.offset() + query.limit() : null);
  }

  private Row total(CubeQuery query) {
    List<Row> rows = rows(query, new RowReader(query));
    return rows.isEmpty() ? null : rows.get(0);
  }

  private List<Row> rows(CubeQuery query, RowReader reader) {
    CubeStatement statement = CubeStatement.rows(query);
    return database
        .sql(statement.sql())
        .params(statement.bound())
        .query((row, number) -> reader.read(row))
        .list();
  }

  /**
   * Passes the answer on row by row, all of one snapshot: neither this application nor the database
   * keeps the rows in memory, whatever their number. A question without a limit is answered whole.
   *
   * @throws IOException what the sink throws; the answer is then not whole
   */
  public void stream(CubeQuery query, RowSink sink) throws IOException {
    try {
      snapshot.executeWithoutResult(
          transaction -> new RowStream(database, query, sink).pass(exactness));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
