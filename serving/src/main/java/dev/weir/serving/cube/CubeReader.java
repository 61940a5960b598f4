package dev.weir.serving.cube;

import dev.weir.db.CubeTable;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.sql.SqlTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the merged views: one snapshot per answer, identifiers from the declaration, everything else
 * bound.
 */
@Component
public class CubeReader {
  private static final SqlTemplate AFTER = SqlTemplate.load("db/query/cube_after.sql");

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

  private CubeAnswer answer(CubeQuery query) {
    Exactness found = exactness.of(query);
    RowReader reader = new RowReader(query);
    CubeQuery read = asRead(query);
    List<Row> rows = rows(read, reader);
    boolean more = query.limit() != null && rows.size() > query.limit();
    // Beyond the last page there are no rows to tell it.
    boolean known =
        CubeStatement.tellsRangeStatus(query) && !(rows.isEmpty() && query.offset() > 0);
    return new CubeAnswer(
        exactness.head(query, found, known ? reader.rangeStatus() : exactness.status(read)),
        more ? rows.subList(0, query.limit()) : rows,
        query.totals() ? total(query, read, reader) : null,
        more ? query.offset() + query.limit() : null);
  }

  /**
   * A sum to which nothing after its range would be added is read to the end of the hour: whole,
   * and not by the minute.
   */
  private CubeQuery asRead(CubeQuery query) {
    Instant hour = query.to().truncatedTo(ChronoUnit.HOURS);
    if (query.granularity() != Granularity.TOTAL
        || query.comparison() != null
        || hour.equals(query.to())
        || query.from().isAfter(hour)) {
      return query;
    }
    Map<String, String> tables =
        Map.of(
            "live_table", query.shape().table(CubeTable.LIVE),
            "speed_table", query.shape().table(CubeTable.SPEED));
    boolean after =
        MergedViews.ask(database, AFTER.fill(tables, Map.of()))
            .param("view", CubeCatalog.view(query.shape().cube(), Granularity.MINUTE))
            .param("cube", query.shape().cube())
            .param("definition", query.shape().definitionHash())
            .param("to", CubeSource.time(query.to()))
            .param("hour", CubeSource.time(hour))
            .query(Boolean.class)
            .single();
    return after ? query : query.between(query.from(), hour.plus(1, ChronoUnit.HOURS));
  }

  /** The row over the whole range, in the caller's snapshot; null without rows. */
  Row total(CubeQuery query) {
    return total(query, query);
  }

  /** What the rows told, if there are any on the page. */
  private Row total(CubeQuery query, CubeQuery read, RowReader rows) {
    return rows.totals() != null ? rows.totals() : total(query, read);
  }

  /** Of a sum it is known already how that is read. */
  private Row total(CubeQuery query, CubeQuery read) {
    boolean sum = query.granularity() == Granularity.TOTAL;
    CubeQuery total = sum ? read.total() : asRead(query.total());
    List<Row> rows = rows(total, new RowReader(total));
    return rows.isEmpty() ? null : rows.get(0);
  }

  /**
   * Of published hours the planner expects a hundredth of the rows that there are, the fewer the
   * longer history is, and would sort for their groups what is grouped by hashing in half the time.
   * Where sketches are merged it may: a sorted group's are in memory one group after the other.
   */
  private StatementSpec statement(CubeQuery query) {
    if (!query.shape().dimensions().isEmpty() && !CubeSource.mergesSketches(query)) {
      database.sql("SET LOCAL enable_sort = off").update();
    }
    CubeStatement statement = CubeStatement.rows(query);
    return MergedViews.ask(database, statement.sql()).params(statement.bound());
  }

  /** The rows of a page, and one more if there is one, in the caller's snapshot. */
  List<Row> rows(CubeQuery query, RowReader reader) {
    return statement(query).query((row, number) -> reader.read(row)).list();
  }

  /**
   * Passes on the rows of a question without a limit, in the caller's snapshot.
   *
   * @param most rows that are passed on
   * @return how many were
   */
  int each(CubeQuery query, int most, Consumer<Row> sink) {
    RowReader reader = new RowReader(query);
    int[] rows = {0};
    RowCallbackHandler each =
        row -> {
          rows[0]++;
          sink.accept(reader.read(row));
        };
    statement(query).withMaxRows(most).query(each);
    return rows[0];
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
