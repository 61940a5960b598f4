package dev.weir.speed.combine;

import dev.weir.aggregate.MinuteAggregate;
import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.MiniBatchOperator;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.RepeatedTimer;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.EventTimesSeen;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Adds events up per series in the subtask that has them: what leaves are partial aggregates, at
 * the live preview's pace, before every barrier, and when there are too many series to keep.
 *
 * <p>Counts the counted events per source, and the oldest and newest event time.
 */
public final class CombineLocally extends MiniBatchOperator<Event, EpochPart> {
  private static final long serialVersionUID = 1L;

  /** More series than this are sent on at once: memory is bounded whatever the dimensions hold. */
  private static final int MOST_SERIES = 50_000;

  private final PipelineDeclaration declaration;
  private final OutputTag<EpochPart> parts;

  private transient SeriesTable[] tables;
  private transient MinuteAggregate[] aggregates;
  private transient IdentifierHashes[] identifiers;
  private transient PreviewPace pace;
  private transient long[] counted;
  private transient long minMicros;
  private transient long maxMicros;

  /**
   * Combines by the cubes of that pipeline.
   *
   * @param parts side output of the epoch's counts
   * @param hold for how long events may wait for others
   */
  public CombineLocally(PipelineDeclaration declaration, OutputTag<EpochPart> parts, Hold hold) {
    super(Event.class, hold);
    this.declaration = declaration;
    this.parts = parts;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Pipeline pipeline = declaration.pipeline();
    List<Cube> cubes = pipeline.cubes();
    tables = new SeriesTable[cubes.size()];
    aggregates = new MinuteAggregate[SIZE];
    for (int i = 0; i < tables.length; i++) {
      Cube cube = cubes.get(i);
      int[] positions = cube.dimensions().stream().mapToInt(Integer::intValue).toArray();
      tables[i] = new SeriesTable(i, cube.layout(), positions);
    }
    identifiers = new IdentifierHashes[SIZE];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = new IdentifierHashes(cubes, pipeline.event().identifiers().size());
    }
    counted = new long[pipeline.sources().size()];
    forgetTimes();
    pace = new PreviewPace(pipeline.live().toMillis(), tables.length);
    RepeatedTimer.every(pipeline.live().toMillis(), getProcessingTimeService(), this::flushDue);
  }

  private void flushDue(long nowMillis) {
    for (int cube = 0; cube < tables.length; cube++) {
      if (pace.isDue(cube, tables[cube].size(), nowMillis)) {
        flush(tables[cube]);
      }
    }
  }

  @Override
  protected void process(Event[] events, int number) {
    for (int i = 0; i < number; i++) {
      Event event = events[i];
      counted[event.source()]++;
      pace.counted(event.recordMillis());
      long micros = event.timeMicros();
      minMicros = Math.min(minMicros, micros);
      maxMicros = Math.max(maxMicros, micros);
      identifiers[i].set(event);
    }
    int series = 0;
    for (int cube = 0; cube < tables.length; cube++) {
      addTogether(events, number, tables[cube]);
      series += tables[cube].size();
    }
    if (series > MOST_SERIES) {
      flush();
    }
  }

  /** All are looked up before the first is added: reads wait for memory together. */
  private void addTogether(Event[] events, int number, SeriesTable table) {
    for (int i = 0; i < number; i++) {
      aggregates[i] = table.at(events[i].minuteMillis(), events[i].dimensions());
    }
    for (int i = 0; i < number; i++) {
      IdentifierHashes ofEvent = identifiers[i];
      aggregates[i].add(
          events[i].numbers(), events[i].numbersPresent(), ofEvent.hashes(), ofEvent.present());
    }
    Arrays.fill(aggregates, 0, number, null);
  }

  private void flush() {
    for (SeriesTable table : tables) {
      flush(table);
    }
  }

  private void flush(SeriesTable table) {
    table.drain(
        (key, aggregate) ->
            output.collect(new StreamRecord<>(new SeriesDelta(key.cube(), key, aggregate))));
  }

  @Override
  protected void endEpoch() {
    flush();
    pace.sent(getProcessingTimeService().getCurrentProcessingTime());
    for (int source = 0; source < counted.length; source++) {
      if (counted[source] > 0) {
        send(new SourceCounters(source, 0, counted[source], 0, 0, 0));
        counted[source] = 0;
      }
    }
    if (minMicros <= maxMicros) {
      send(new EventTimesSeen(minMicros, maxMicros));
      forgetTimes();
    }
  }

  private void forgetTimes() {
    minMicros = Long.MAX_VALUE;
    maxMicros = Long.MIN_VALUE;
  }

  private void send(EpochPart part) {
    output.collect(parts, new StreamRecord<>(part));
  }
}
