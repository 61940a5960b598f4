package dev.weir.benchmark.guard;

import dev.weir.benchmark.stream.WebShopRecord;
import dev.weir.benchmark.stream.WebShopRecord.Fate;
import dev.weir.benchmark.stream.WebShopStream;
import dev.weir.event.RawRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the stages and the two yardsticks in turn, round by round on the same new records, so
 * that what disturbs one disturbs the other. After the first rounds, in which code is compiled and
 * the duplicates' horizon fills up, every round has the same to do.
 */
@SuppressWarnings("try") // Flink's harness may throw anything when it closes
final class MeasureStages implements AutoCloseable {
  static final int RECORDS = 50_000;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofSeconds(15);
  private static final int ROUNDS_BETWEEN_CHECKPOINTS = 5;

  private final WebShopStream stream = new WebShopStream(42, START, RECORDS, SPAN);
  private final ReferenceLoop reference = new ReferenceLoop();
  private final MemoryWalk memory = new MemoryWalk();
  private final StageClock clock = new StageClock();
  private final JobStages stages;
  private long offset;
  private long yardstickSum;

  MeasureStages(Path archive) throws Exception {
    stages = new JobStages(JobStages.declaration(), archive, START.toEpochMilli());
  }

  /** The cost of each stage, the median of so many rounds, in the order of the path. */
  Map<String, StageCost> rounds(int rounds) throws Exception {
    Map<String, List<StageCost>> costs = new LinkedHashMap<>();
    for (int i = 1; i <= rounds; i++) {
      round()
          .forEach((stage, cost) -> costs.computeIfAbsent(stage, s -> new ArrayList<>()).add(cost));
      if (i % ROUNDS_BETWEEN_CHECKPOINTS == 0) {
        stages.checkpoint();
      }
    }
    Map<String, StageCost> medians = new LinkedHashMap<>();
    JobStages.NAMES.forEach(stage -> medians.put(stage, StageCost.median(costs.get(stage))));
    return medians;
  }

  private Map<String, StageCost> round() throws Exception {
    List<RawRecord> records = new ArrayList<>(RECORDS);
    List<byte[]> bytes = new ArrayList<>(RECORDS);
    long unique = 0;
    while (records.size() < RECORDS) {
      WebShopRecord next = stream.next();
      if (next.fate() == Fate.MALFORMED) {
        continue; // the harness is slow with dead letters
      }
      unique += next.fate() == Fate.COUNTED ? 1 : 0;
      bytes.add(next.json());
      records.add(new RawRecord(0, "events", 0, offset++, next.recordMillis(), next.json()));
    }
    // Before and after: the stages lie in between.
    StageClock.Used loop = clock.time(() -> yardstickSum += reference.run(bytes));
    StageClock.Used walk = clock.time(() -> yardstickSum += memory.run(RECORDS));
    Map<String, StageClock.Used> used = stages.run(records, unique);
    loop = loop.plus(clock.time(() -> yardstickSum += reference.run(bytes)));
    walk = walk.plus(clock.time(() -> yardstickSum += memory.run(RECORDS)));
    Map<String, StageCost> costs = new LinkedHashMap<>();
    for (String stage : JobStages.NAMES) {
      boolean looksUp = stage.equals(JobStages.DROP_DUPLICATES);
      double unit = (loop.nanos() + (looksUp ? walk.nanos() : 0)) / 2.0;
      StageClock.Used use = used.get(stage);
      costs.put(
          stage,
          new StageCost(
              use.nanos() / unit, (double) use.nanos() / RECORDS, (double) use.bytes() / RECORDS));
    }
    return costs;
  }

  /** What the yardsticks gave, to be printed: work whose result nobody sees may be left out. */
  long yardstickSum() {
    return yardstickSum;
  }

  @Override
  public void close() throws Exception {
    stages.close();
  }
}
