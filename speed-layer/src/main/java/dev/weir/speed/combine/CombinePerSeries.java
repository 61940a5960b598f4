package dev.weir.speed.combine;

import dev.weir.aggregate.AggregateKey;
import dev.weir.speed.RepeatedTimer;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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

  /** Minutes that began so long ago, and ended two minutes ago, are a backlog. */
  private static final long BACKLOG_MILLIS = 180_000;

  /** Series of a cube shown in a second while a backlog is read: the time goes into reading it. */
  private static final int BACKLOG_ROWS_PER_SECOND = 1_000;

  private final LiveOutput.Opener live;
  private final long liveMillis;
  private final int cubes;

  private transient ListState<Long> passed;
  private transient Map<AggregateKey, OpenSeries> epoch;
  private transient UnshownSeries[] unshown;
  private transient long newestMinuteMillis;
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
   * @param cubes how many the pipeline has
   * @param interval at which changed series are shown
   */
  public CombinePerSeries(LiveOutput.Opener live, int cubes, Duration interval) {
    this.live = live;
    this.cubes = cubes;
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
    unshown = new UnshownSeries[cubes];
    Arrays.setAll(unshown, cube -> new UnshownSeries());
    newestMinuteMillis = 0;
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
    OpenSeries series = epoch.get(delta.key());
    if (series == null) {
      series = new OpenSeries(delta);
      epoch.put(delta.key(), series);
    } else {
      series.merge(delta);
    }
    unshown[delta.cube()].add(series);
    newestMinuteMillis = Math.max(newestMinuteMillis, delta.key().minuteMillis());
    // Not a whole interval after the last: once late, it would be late for ever.
    scheduleOffer(Math.max(nowMillis() + GATHERING_MILLIS, lastOfferMillis + liveMillis / 2));
  }

  private void scheduleOffer(long millis) {
    if (!offerScheduled) {
      offerScheduled = true;
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
    int[] room = new int[cubes];
    Arrays.setAll(room, cube -> room(cube, nowMillis));
    if (nowMillis - lastSketchesMillis >= SKETCHES_MILLIS) {
      offerWhole(nowMillis, room);
    } else {
      offerCounts(nowMillis, room);
    }
    // There may have been no room: the next look comes later in any case.
    long nextMillis = nowMillis + Math.max(GATHERING_MILLIS, liveMillis / 2);
    if (changed() > 0) {
      scheduleOffer(nextMillis);
    } else if (sketchesChanged() > 0) {
      scheduleSketches(Math.max(nextMillis, lastSketchesMillis + SKETCHES_MILLIS));
    }
  }

  /** How many series of a cube are shown now; the others wait. */
  private int room(int cube, long nowMillis) {
    int room = preview.room(cube);
    if (nowMillis - newestMinuteMillis < BACKLOG_MILLIS) {
      return room;
    }
    long millis = Math.min(1_000, nowMillis - lastOfferMillis);
    return (int) Math.min(room, millis * BACKLOG_ROWS_PER_SECOND / 1_000);
  }

  private int changed() {
    return Arrays.stream(unshown).mapToInt(UnshownSeries::changed).sum();
  }

  private int sketchesChanged() {
    return Arrays.stream(unshown).mapToInt(UnshownSeries::sketchesChanged).sum();
  }

  private void offerCounts(long nowMillis, int[] room) {
    List<SeriesDelta> whole = new ArrayList<>();
    List<SeriesDelta> counts = new ArrayList<>();
    for (int cube = 0; cube < cubes; cube++) {
      unshown[cube].take(room[cube], whole, counts);
    }
    offer(nowMillis, whole, counts);
  }

  /** Nothing more may come that would bring them along. */
  private void scheduleSketches(long millis) {
    if (!sketchesScheduled) {
      sketchesScheduled = true;
      RepeatedTimer.at(
          millis,
          getProcessingTimeService(),
          atMillis -> {
            sketchesScheduled = false;
            offerChanged();
          });
    }
  }

  private void offerWhole(long nowMillis, int[] room) {
    List<SeriesDelta> whole = new ArrayList<>();
    for (int cube = 0; cube < cubes; cube++) {
      unshown[cube].takeWhole(room[cube], whole);
    }
    if (!whole.isEmpty()) {
      lastSketchesMillis = nowMillis;
    }
    offer(nowMillis, whole, List.of());
  }

  private void offer(long nowMillis, List<SeriesDelta> whole, List<SeriesDelta> counts) {
    if (whole.isEmpty() && counts.isEmpty()) {
      return;
    }
    announce();
    lastOfferMillis = nowMillis;
    if (!whole.isEmpty()) {
      preview.offer(base, ++seq, whole);
    }
    if (!counts.isEmpty()) {
      preview.offerCounts(base, ++seq, counts);
    }
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
    int[] room = new int[cubes];
    Arrays.setAll(room, preview::room);
    if (changed() + sketchesChanged() <= MOST_BEFORE_COMMIT) {
      offerWhole(nowMillis(), room);
    } else if (changed() <= MOST_BEFORE_COMMIT) {
      offerCounts(nowMillis(), room);
    }
    for (UnshownSeries ofCube : unshown) {
      ofCube.clear();
    }
    // Each is forgotten as it leaves: the receiver is making all of them anew.
    for (Iterator<OpenSeries> all = epoch.values().iterator(); all.hasNext(); all.remove()) {
      output.collect(new StreamRecord<>(all.next().cumulative()));
    }
    newestMinuteMillis = 0;
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
