package dev.weir.speed.combine;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.speed.RepeatedTimer;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Merges the partial aggregates of a series, from all subtasks, into what the epoch adds to it. The
 * epoch's deltas leave before the barrier; until then they are shown by the live preview, as they
 * grow. Its input is partitioned by {@link SeriesPartitioner}.
 *
 * <p>Nothing of an epoch is left after its barrier, so nothing of it is kept as state.
 */
public final class CombinePerSeries extends AbstractStreamOperator<EpochPart>
    implements OneInputStreamOperator<EpochPart, EpochPart> {
  private static final long serialVersionUID = 1L;

  /** Deltas of all subtasks arrive together; waiting a moment shows them together. */
  private static final long GATHERING_MILLIS = 5;

  /** Sketches are large: they are shown less often than counts. */
  private static final long SKETCHES_MILLIS = 500;

  /**
   * More series than this are left to the commit that follows: a backlog is being read, and writing
   * them twice would hold it up.
   */
  private static final int MOST_BEFORE_COMMIT = 5_000;

  private final LiveOutput.Opener live;
  private final long liveMillis;

  private transient ListState<Long> passed;
  private transient Map<AggregateKey, MinuteAggregate> epoch;
  private transient Set<AggregateKey> changed;
  private transient Set<AggregateKey> shown;
  private transient Set<AggregateKey> sketchesChanged;
  private transient UUID writer;
  private transient boolean announced;
  private transient LiveOutput preview;
  private transient long base;
  private transient long seq;
  private transient long lastOfferMillis;
  private transient long lastSketchesMillis;
  private transient boolean offerScheduled;
  private transient boolean sketchesScheduled;

  /**
   * Combines deltas and shows them.
   *
   * @param interval at which changed series are shown
   */
  public CombinePerSeries(LiveOutput.Opener live, Duration interval) {
    this.live = live;
    this.liveMillis = interval.toMillis();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    base = context.getRestoredCheckpointId().orElse(0);
    // Flink tells only an operator that had some state which checkpoint it was restored from.
    passed =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("passed-checkpoint", LongSerializer.INSTANCE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    epoch = new HashMap<>();
    changed = new HashSet<>();
    shown = new HashSet<>();
    sketchesChanged = new HashSet<>();
    writer = UUID.randomUUID();
    preview = live.open(writer, getMetricGroup());
    RepeatedTimer.at(nowMillis(), getProcessingTimeService(), atMillis -> announce());
  }

  private void announce() {
    if (!announced) {
      announced = true;
      output.collect(new StreamRecord<>(new LiveWriterStarted(writer)));
    }
  }

  @Override
  public void processElement(StreamRecord<EpochPart> element) {
    if (!(element.getValue() instanceof SeriesDelta delta)) {
      throw new IllegalStateException("not a series' delta: " + element.getValue());
    }
    MinuteAggregate sum = epoch.get(delta.key());
    if (sum == null) {
      epoch.put(delta.key(), delta.aggregate());
    } else {
      sum.merge(delta.aggregate());
    }
    changed.add(delta.key());
    if (!offerScheduled) {
      offerScheduled = true;
      // Not a whole interval after the last: once late, it would be late for ever.
      long millis = Math.max(nowMillis() + GATHERING_MILLIS, lastOfferMillis + liveMillis / 2);
      RepeatedTimer.at(
          millis,
          getProcessingTimeService(),
          atMillis -> {
            offerScheduled = false;
            offerChanged();
          });
    }
  }

  private void offerChanged() {
    long nowMillis = nowMillis();
    if (nowMillis - lastSketchesMillis >= SKETCHES_MILLIS) {
      offerWhole();
    } else {
      offerCounts(nowMillis);
    }
  }

  private void offerCounts(long nowMillis) {
    announce();
    List<SeriesDelta> whole = new ArrayList<>();
    List<SeriesDelta> counts = new ArrayList<>(changed.size());
    for (AggregateKey key : changed) {
      if (shown.add(key)) {
        whole.add(cumulative(key));
      } else {
        counts.add(cumulative(key));
        sketchesChanged.add(key);
      }
    }
    changed.clear();
    lastOfferMillis = nowMillis;
    if (!whole.isEmpty()) {
      preview.offer(base, ++seq, whole);
    }
    if (!counts.isEmpty()) {
      preview.offerCounts(base, ++seq, counts);
    }
    if (!sketchesChanged.isEmpty()) {
      scheduleSketches();
    }
  }

  /** Nothing more may come that would bring them along. */
  private void scheduleSketches() {
    if (!sketchesScheduled) {
      sketchesScheduled = true;
      RepeatedTimer.at(
          lastSketchesMillis + SKETCHES_MILLIS,
          getProcessingTimeService(),
          atMillis -> {
            sketchesScheduled = false;
            offerChanged();
          });
    }
  }

  private void offerWhole() {
    changed.addAll(sketchesChanged);
    sketchesChanged.clear();
    if (changed.isEmpty()) {
      return;
    }
    announce();
    List<SeriesDelta> whole = new ArrayList<>(changed.size());
    for (AggregateKey key : changed) {
      shown.add(key);
      whole.add(cumulative(key));
    }
    changed.clear();
    lastOfferMillis = nowMillis();
    lastSketchesMillis = lastOfferMillis;
    preview.offer(base, ++seq, whole);
  }

  private SeriesDelta cumulative(AggregateKey key) {
    return new SeriesDelta(key.cube(), key, epoch.get(key));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    endEpoch();
    base = checkpointId;
  }

  @Override
  public void finish() throws Exception {
    endEpoch();
    super.finish();
  }

  private void endEpoch() {
    announce();
    if (changed.size() + sketchesChanged.size() <= MOST_BEFORE_COMMIT) {
      offerWhole();
    } else if (changed.size() <= MOST_BEFORE_COMMIT) {
      offerCounts(nowMillis());
    }
    epoch.forEach(
        (key, aggregate) ->
            output.collect(new StreamRecord<>(new SeriesDelta(key.cube(), key, aggregate))));
    epoch.clear();
    changed.clear();
    shown.clear();
    sketchesChanged.clear();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    passed.update(List.of(context.getCheckpointId()));
  }

  @Override
  public void close() throws Exception {
    if (preview != null) {
      preview.close();
    }
    super.close();
  }

  private long nowMillis() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
