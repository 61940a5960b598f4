package dev.weir.speed.dedup;

import dev.weir.archive.DuplicateKey;
import dev.weir.event.Event;
import dev.weir.speed.MiniBatchOperator;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Drops the events of a mini-batch that are remembered, and remembers the others. Events without an
 * id pass. What is remembered lies anywhere in memory: all that a batch needs of it is read at
 * once, and looked up then.
 */
abstract class DropRemembered extends MiniBatchOperator<Event, Event> {
  private static final long serialVersionUID = 1L;

  final PipelineDeclaration declaration;
  private final OutputTag<EpochPart> parts;

  transient List<String> sourceNames;
  private transient DuplicateKey key;
  private transient DuplicateTally duplicates;
  private transient DuplicateMemory[] memories;
  private transient long[] highs;
  private transient long[] lows;
  private transient long[] times;
  private transient StreamRecord<Event> outgoing;

  /** Keeps the reads that look ahead from being optimized away. */
  transient long readAhead;

  DropRemembered(PipelineDeclaration declaration, OutputTag<EpochPart> parts, Hold hold) {
    super(Event.class, hold);
    this.declaration = declaration;
    this.parts = parts;
  }

  @Override
  public void open() throws Exception {
    super.open();
    sourceNames = DuplicateShard.sourceNames(declaration);
    key = new DuplicateKey(sourceNames);
    duplicates = new DuplicateTally(sourceNames.size());
    memories = new DuplicateMemory[SIZE];
    highs = new long[SIZE];
    lows = new long[SIZE];
    times = new long[SIZE];
    outgoing = new StreamRecord<>(null);
  }

  /** Nothing: the state is used at checkpoints only, so no event needs to select its key. */
  @Override
  public void setKeyContextElement(StreamRecord<Event> record) {}

  @Override
  protected void process(Event[] events, int number) {
    lookAhead(events, number);
    for (int i = 0; i < number; i++) {
      DuplicateMemory memory = memories[i];
      memories[i] = null; // It may be forgotten before the next batch.
      if (memory == null || memory.remember(highs[i], lows[i], times[i])) {
        output.collect(outgoing.replace(events[i]));
      } else {
        duplicates.add(events[i].source());
      }
    }
  }

  private void lookAhead(Event[] events, int number) {
    long nowMillis = nowMillis();
    for (int i = 0; i < number; i++) {
      Event event = events[i];
      if (event.idUtf8() != null) {
        key.set(event.source(), event.idUtf8(), event.hourMillis());
        highs[i] = key.high();
        lows[i] = key.low();
        times[i] = advance(event, nowMillis);
        memories[i] = memoryOf(event, key.high());
      }
    }
    long read = 0;
    for (int i = 0; i < number; i++) {
      if (memories[i] != null) {
        read ^= memories[i].read(highs[i], lows[i]);
      }
    }
    readAhead = read;
  }

  /**
   * Takes note of an event's time.
   *
   * @return the time under which to remember it, epoch milliseconds
   */
  abstract long advance(Event event, long nowMillis);

  /**
   * Where an event is remembered; asked right after {@link #advance}.
   *
   * @param high half of its fingerprint
   */
  abstract DuplicateMemory memoryOf(Event event, long high);

  final long nowMillis() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  protected void endEpoch() {
    duplicates.send(output, parts);
  }
}
