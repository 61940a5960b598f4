package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery.Fill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Passes an answer on row by row, inside of the caller's snapshot.
 *
 * <p>Rows that are in the order of their buckets are asked for a day after the other: so the first
 * comes at once, and the database never sorts all of them.
 */
final class RowStream {
  private static final int FETCHED_ROWS = 1_000;
  private static final Duration PART = Duration.ofDays(1);

  private final JdbcClient database;
  private final CubeQuery query;
  private final RowSink sink;
  private int left;

  RowStream(JdbcClient database, CubeQuery query, RowSink sink) {
    this.database = database;
    this.query = query;
    this.sink = sink;
    this.left = query.limit() == null ? Integer.MAX_VALUE : query.limit();
  }

  /** Passes on all of it. */
  void pass(ExactnessReader exactness) {
    try {
      Exactness found = exactness.of(query);
      sink.begin(exactness.head(query, found, exactness.status(query)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (CubeQuery part : parts()) {
      if (left > 0) {
        rows(part.page(null, part.offset()));
      }
    }
  }

  private void rows(CubeQuery part) {
    RowReader reader = new RowReader(part);
    CubeStatement statement = CubeStatement.rows(part);
    JdbcClient.StatementSpec rows =
        MergedViews.ask(database, statement.sql())
            .params(statement.bound())
            .withFetchSize(FETCHED_ROWS);
    if (query.limit() != null) {
      rows = rows.withMaxRows(left);
    }
    RowCallbackHandler each = row -> take(reader.read(row));
    rows.query(each);
  }

  private void take(Row row) {
    left--;
    try {
      sink.row(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The question about a day's buckets, then the next day's; or all of it in one. */
  private List<CubeQuery> parts() {
    boolean byBucket =
        query.order().isEmpty()
            && query.granularity() != Granularity.TOTAL
            && query.top() == null
            && query.fill() == Fill.NONE
            && query.offset() == 0;
    if (!byBucket) {
      return List.of(query);
    }
    List<CubeQuery> parts = new ArrayList<>();
    Instant from = query.from();
    for (Instant start : query.buckets().starts()) {
      if (Duration.between(from, start).compareTo(PART) >= 0) {
        parts.add(query.between(from, start));
        from = start;
      }
    }
    parts.add(query.between(from, query.to()));
    return parts;
  }
}
