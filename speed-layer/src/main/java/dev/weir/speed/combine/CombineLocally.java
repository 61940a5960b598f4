package dev.weir.speed.combine;

import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.RepeatedTimer;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.EventTimesSeen;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Adds events up per series in the subtask that has them: what leaves are partial aggregates, at
 * the live preview's pace, before every barrier, and when there are too many series to keep.
 *
 * <p>Counts the counted events per source, and the oldest and newest event time.
 */
public final class CombineLocally extends AbstractStreamOperator<EpochPart>
    implements OneInputStreamOperator<Event, EpochPart> {
  private static final long serialVersionUID = 1L;

  /** More series than this are sent on at once: memory is bounded whatever the dimensions hold. */
  private static final int MOST_SERIES = 50_000;

  private final PipelineDeclaration declaration;
  private final OutputTag<EpochPart> parts;

  private transient SeriesTable[] tables;
  private transient IdentifierHashes identifiers;
  private transient PreviewPace pace;
  private transient long[] counted;
  private transient long minMicros;
  private transient long maxMicros;

  /**
   * Combines by the cubes of that pipeline.
   *
   * @param parts side output of the epoch's counts
   */
  public CombineLocally(PipelineDeclaration declaration, OutputTag<EpochPart> parts) {
    this.declaration = declaration;
    this.parts = parts;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Pipeline pipeline = declaration.pipeline();
    List<Cube> cubes = pipeline.cubes();
    tables = new SeriesTable[cubes.size()];
    for (int i = 0; i < tables.length; i++) {
      Cube cube = cubes.get(i);
      int[] positions = cube.dimensions().stream().mapToInt(Integer::intValue).toArray();
      tables[i] = new SeriesTable(i, cube.layout(), positions);
    }
    identifiers = new IdentifierHashes(cubes, pipeline.event().identifiers().size());
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
  public void processElement(StreamRecord<Event> element) {
    Event event = element.getValue();
    counted[event.source()]++;
    pace.counted(event.recordMillis());
    long micros = event.timeMicros();
    minMicros = Math.min(minMicros, micros);
    maxMicros = Math.max(maxMicros, micros);
    identifiers.set(event);
    long minuteMillis = event.minuteMillis();
    int series = 0;
    for (SeriesTable table : tables) {
      table
          .at(minuteMillis, event.dimensions())
          .add(
              event.numbers(), event.numbersPresent(), identifiers.hashes(), identifiers.present());
      series += table.size();
    }
    if (series > MOST_SERIES) {
      flush();
    }
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
  public void prepareSnapshotPreBarrier(long checkpointId) {
    endEpoch();
  }

  @Override
  public void finish() throws Exception {
    endEpoch();
    super.finish();
  }

  private void endEpoch() {
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
