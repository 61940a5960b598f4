package dev.weir.batch;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NaiveAggregator;
import dev.weir.archive.ArchivedEvent;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** What the batch view must hold, computed in the obvious way, and what it does hold. */
final class BatchOracle {
  private BatchOracle() {}

  /** The events that stay when duplicates are dropped exactly. */
  static List<ArchivedEvent> unique(List<ArchivedEvent> archived) {
    List<ArchivedEvent> inOrder = new ArrayList<>(archived);
    inOrder.sort(
        Comparator.comparingLong(ArchivedEvent::commit)
            .thenComparingInt(e -> e.event().partition())
            .thenComparingLong(e -> e.event().offset()));
    Set<List<Object>> seen = new HashSet<>();
    return inOrder.stream()
        .filter(
            e ->
                e.event().id() == null
                    || seen.add(List.of(e.sourceName(), e.event().id(), e.event().hourMillis())))
        .toList();
  }

  /** The rows of a cube's minute or hour table. */
  static Map<AggregateKey, MinuteAggregate> expected(
      Pipeline pipeline, int index, CubeTable table, List<ArchivedEvent> archived) {
    Cube cube = pipeline.cubes().get(index);
    Map<AggregateKey, NaiveAggregator> naive = new TreeMap<>();
    for (ArchivedEvent one : unique(archived)) {
      Event event = one.event();
      AggregateKey key = PlayedSpeedLayer.key(index, cube, event);
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < event.numbers().length; i++) {
        numbers.add((event.numbersPresent() >> i & 1) == 1 ? event.numbers()[i] : null);
      }
      naive
          .computeIfAbsent(
              table == CubeTable.BATCH_HOUR ? key.atHour() : key,
              k -> new NaiveAggregator(cube.layout()))
          .add(numbers, Arrays.asList(event.identifiers()));
    }
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    naive.forEach((key, aggregator) -> rows.put(key, aggregator.toAggregate()));
    return rows;
  }

  /** The rows that coverage makes visible. */
  static Map<AggregateKey, MinuteAggregate> published(
      Connection connection, Pipeline pipeline, int index, CubeTable table) throws SQLException {
    Cube cube = pipeline.cubes().get(index);
    CubeTables tables = CubeTables.of(pipeline, cube);
    CubeRowParser parser = new CubeRowParser(tables, 1);
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT extract(epoch FROM bucket)::bigint, "
                    + tables.rowColumnList()
                    + " FROM "
                    + tables.table(table)
                    + " r JOIN weir.coverage c USING (event_hour, version) WHERE c.cube = '"
                    + cube.name()
                    + "' AND c.definition_hash = '"
                    + cube.definitionHash()
                    + "') TO STDOUT");
    for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
      CubeRow row = parser.parse(new String(line, StandardCharsets.UTF_8));
      AggregateKey key = row.key(index, 1000 * row.leadingLong(0));
      if (rows.put(key, row.aggregate()) != null) {
        throw new AssertionError("two rows for " + key);
      }
    }
    return rows;
  }
}
