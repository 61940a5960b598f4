package dev.weir.speed.decode;

import dev.weir.event.DeadLetter;
import dev.weir.event.DecodeResult;
import dev.weir.event.DecodeResult.Decoded;
import dev.weir.event.DecodeResult.Filtered;
import dev.weir.event.DecodeResult.Rejected;
import dev.weir.event.Event;
import dev.weir.event.EventDecoder;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.MiniBatchOperator;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import dev.weir.speed.source.PerPartition;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Reads each record by its source's format: valid events go on, rejected records to the side output
 * {@link #DEAD_LETTERS}, tombstones and blank lines end here.
 *
 * <p>Counts in, dead-lettered and filtered records and how far each partition was read; the counts
 * of an epoch leave as {@link EpochPart}s before its barrier.
 */
public final class DecodeAndValidate extends MiniBatchOperator<RawRecord, Event> {
  private static final long serialVersionUID = 1L;

  /** Rejected records. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", DeadLetterSerializer.TYPE);

  private static final int CACHE_LINE_BYTES = 64;

  private final PipelineDeclaration declaration;
  private final OutputTag<EpochPart> parts;

  private transient EventDecoder[] decoders;
  private transient long[] in;
  private transient long[] deadLettered;
  private transient long[] filtered;
  private transient PerPartition<Reading> readings;
  private transient StreamRecord<Event> outgoing;

  /** Keeps the reads that look ahead from being optimized away. */
  int readAhead;

  /** How far a partition was read. */
  private static final class Reading {
    private long nextOffset;
    private boolean advanced;
  }

  /**
   * Decodes by the formats of that pipeline.
   *
   * @param parts side output of the epoch's counts
   * @param hold for how long records may wait for others
   */
  public DecodeAndValidate(PipelineDeclaration declaration, OutputTag<EpochPart> parts, Hold hold) {
    super(RawRecord.class, hold);
    this.declaration = declaration;
    this.parts = parts;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Pipeline pipeline = declaration.pipeline();
    int sources = pipeline.sources().size();
    decoders = new EventDecoder[sources];
    for (int i = 0; i < sources; i++) {
      decoders[i] = EventDecoders.forSource(pipeline, i);
    }
    in = new long[sources];
    deadLettered = new long[sources];
    filtered = new long[sources];
    readings = new PerPartition<>(Reading::new);
    outgoing = new StreamRecord<>(null);
  }

  @Override
  protected void process(RawRecord[] records, int number) {
    lookAhead(records, number);
    for (int i = 0; i < number; i++) {
      decode(records[i]);
    }
  }

  /** What another thread has fetched is far away: all of it is brought near at once. */
  private void lookAhead(RawRecord[] records, int number) {
    int read = 0;
    for (int i = 0; i < number; i++) {
      byte[] value = records[i].value();
      if (value != null) {
        for (int at = 0; at < value.length; at += CACHE_LINE_BYTES) {
          read ^= value[at];
        }
      }
    }
    readAhead = read;
  }

  private void decode(RawRecord record) {
    int source = record.source();
    in[source]++;
    Reading reading = readings.at(source, record.topic(), record.partition());
    reading.nextOffset = record.offset() + 1;
    reading.advanced = true;
    DecodeResult result = decoders[source].decode(record);
    if (result instanceof Decoded decoded) {
      output.collect(outgoing.replace(decoded.event()));
    } else if (result instanceof Rejected rejected) {
      deadLettered[source]++;
      DeadLetter letter = new DeadLetter(record, rejected.reason(), rejected.detail());
      output.collect(DEAD_LETTERS, new StreamRecord<>(letter));
    } else if (result instanceof Filtered) {
      filtered[source]++;
    }
  }

  @Override
  protected void endEpoch() {
    for (int i = 0; i < in.length; i++) {
      if (in[i] > 0) {
        send(new SourceCounters(i, in[i], 0, 0, deadLettered[i], filtered[i]));
        in[i] = 0;
        deadLettered[i] = 0;
        filtered[i] = 0;
      }
    }
    readings
        .all()
        .forEach(
            (partition, reading) -> {
              if (reading.advanced) {
                reading.advanced = false;
                send(
                    new OffsetsAdvanced(
                        partition.source(),
                        partition.topic(),
                        partition.number(),
                        reading.nextOffset));
              }
            });
  }

  private void send(EpochPart part) {
    output.collect(parts, new StreamRecord<>(part));
  }
}
