package dev.weir.speed.commit;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.MinuteBucket;
import dev.weir.db.CubeBinaryRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.Committable.CubeDeltas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Turns an epoch's aggregates into rows of the speed tables, sorted by key, cube by cube. */
final class EpochDeltas {
  /** Stands where the commit's number comes to stand. */
  private static final long NOT_YET_KNOWN = 0;

  private final List<CubeTables> tables;

  EpochDeltas(Pipeline pipeline) {
    this.tables = pipeline.cubes().stream().map(cube -> CubeTables.of(pipeline, cube)).toList();
  }

  /** One entry per cube, those without rows included: they too know the commit. */
  List<CubeDeltas> of(Map<AggregateKey, MinuteAggregate> series) {
    List<List<Map.Entry<AggregateKey, MinuteAggregate>>> byCube = new ArrayList<>();
    tables.forEach(t -> byCube.add(new ArrayList<>()));
    for (Map.Entry<AggregateKey, MinuteAggregate> entry : series.entrySet()) {
      byCube.get(entry.getKey().cube()).add(entry);
    }
    List<CubeDeltas> deltas = new ArrayList<>();
    for (int cube = 0; cube < tables.size(); cube++) {
      byCube.get(cube).sort(Map.Entry.comparingByKey());
      deltas.add(deltas(tables.get(cube), byCube.get(cube)));
    }
    return deltas;
  }

  private static CubeDeltas deltas(
      CubeTables tables, List<Map.Entry<AggregateKey, MinuteAggregate>> rows) {
    CompressedRows.Writer writer = new CompressedRows.Writer();
    CubeBinaryRow binaryRow = new CubeBinaryRow(writer.rows);
    TreeSet<LocalDate> days = new TreeSet<>();
    for (Map.Entry<AggregateKey, MinuteAggregate> row : rows) {
      AggregateKey key = row.getKey();
      binaryRow.append(NOT_YET_KNOWN, key, row.getValue());
      writer.added(key.hourMillis());
      days.add(LocalDate.ofEpochDay(Math.floorDiv(key.minuteMillis(), MinuteBucket.DAY_MILLIS)));
    }
    Cube cube = tables.cube();
    List<String> columns = tables.columns(CubeTable.SPEED);
    return new CubeDeltas(
        cube.name(),
        cube.definitionHash(),
        tables.speedTable(),
        columns.subList(1, columns.size()),
        List.copyOf(days),
        rows.size(),
        writer.finish());
  }
}
